import { readFileSync } from "node:fs";
import type { JSHandle, Page } from "@playwright/test";
import type { ReadyVectors } from "../src/app/workbench";
import type { BenchContext } from "./context";
import { mixedVectors } from "./pages/mixed";

const dimension = 384;

/** The browser names tasks from this many milliseconds on. */
const longTask = 50;

interface Watched extends Window {
  watched?: { stop(): number };
  added?: boolean;
}

/** The longest task of the page's own thread while something is done, in milliseconds. */
async function longestTask(page: Page, work: () => Promise<unknown>): Promise<number> {
  await page.evaluate((longTask) => {
    let [longest, pause, last, isRunning] = [0, 0, performance.now(), true];
    const take = (entries: PerformanceEntryList) => {
      for (const { duration } of entries) longest = Math.max(longest, duration);
    };
    const observer = new PerformanceObserver((list) => take(list.getEntries()));
    observer.observe({ type: "longtask" });
    // Below what the browser tells, the longest pause between two timers stands for it.
    const tick = () => {
      const now = performance.now();
      pause = Math.max(pause, now - last);
      last = now;
      if (isRunning) setTimeout(tick);
    };
    tick();
    (window as Watched).watched = {
      stop() {
        isRunning = false;
        take(observer.takeRecords());
        return longest || Math.min(pause, longTask);
      },
    };
  }, longTask);
  await work();
  // What follows from it, up to the map's second look at its labels and the saving of the visit.
  await page.waitForTimeout(2500);
  return page.evaluate(() => (window as Watched).watched?.stop() ?? Number.NaN);
}

const isReady = (page: Page) =>
  page.waitForFunction(
    () => document.querySelector('[role="status"]')?.textContent?.startsWith("Ready"),
    null,
    { timeout: 300_000, polling: 250 },
  );

/** Opens the page, and waits until it has nothing more to do. */
async function openPage(context: BenchContext, query: string): Promise<Page> {
  const page = await context.open(`${await context.app()}${query}`);
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);
  await page.waitForTimeout(3000);
  return page;
}

/**
 * Hands many vectors over to the real page, and looks at its thread: while they are taken in, laid out, measured and drawn,
 * and while an item is selected, removed and brought back. Times include drawing, in software where there is no GPU.
 */
export async function watchPage(context: BenchContext, file: string, rows: number): Promise<void> {
  const numbers = readFileSync(file);
  const real = new Float32Array(numbers.buffer, numbers.byteOffset, numbers.length / 4);
  const vectors = mixedVectors(real, rows, dimension);
  const page = await openPage(context, "?words=football,soccer,footwear");
  await page.route("**/many.f32", (route) =>
    route.fulfill({ body: Buffer.from(vectors.buffer), contentType: "application/octet-stream" }),
  );
  const table = await page.evaluateHandle(
    async ([rows, dimension]) => ({
      labels: Array.from({ length: rows }, (_, row) => `row number ${row}`),
      vectors: new Float32Array(await (await fetch("many.f32")).arrayBuffer()),
      dimension,
      columns: { group: Array.from({ length: rows }, (_, row) => `group ${row % 12}`) },
    }),
    [rows, dimension],
  );
  await watchSteps(context, page, table, `${rows.toLocaleString("en")} × ${dimension} in the whole page`);
  await page.close();
}

/** As `watchPage`, of a million made-up vectors of three numbers, laid out by PCA. */
export async function watchMillion(context: BenchContext): Promise<void> {
  const page = await openPage(context, "?words=football,soccer,footwear");
  await page.evaluate(() => window.playground.project({ method: "pca" }));
  const table = await page.evaluateHandle((rows) => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state / 2 ** 32;
    };
    return {
      labels: Array.from({ length: rows }, (_, row) => `row number ${row}`),
      // Sums of three are nearly normal, and wider along the first axis.
      vectors: Float32Array.from(
        { length: 3 * rows },
        (_, at) => (random() + random() + random() - 1.5) * (3 - (at % 3)),
      ),
      dimension: 3,
      columns: { group: Array.from({ length: rows }, (_, row) => `group ${row % 12}`) },
    };
  }, 1_000_000);
  await watchSteps(context, page, table, "1,000,000 × 3 by PCA in the whole page");
  await page.close();
}

async function watchSteps(
  context: BenchContext,
  page: Page,
  table: JSHandle<ReadyVectors>,
  title: string,
): Promise<void> {
  const map = page.locator("section[aria-label='Map'] canvas").first();
  const steps: Record<string, () => Promise<unknown>> = {
    "taken in, laid out, measured and drawn": async () => {
      const started = performance.now();
      await page.evaluate((table) => {
        const state = window as Watched;
        void window.playground.addVectors(table).then(() => {
          state.added = true;
        });
      }, table);
      await page.waitForFunction(() => (window as Watched).added, null, { timeout: 300_000, polling: 250 });
      await isReady(page);
      context.say(`${title}: ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
    },
    "an item selected": () => page.getByRole("option", { name: "row number 3" }).first().click(),
    "it is removed": async () => {
      await map.focus();
      await page.keyboard.press("Delete");
    },
    "and brought back": () => page.keyboard.press("Control+z"),
  };
  for (const [step, work] of Object.entries(steps)) {
    context.report({
      case: title,
      metric: `milliseconds, longest task: ${step}`,
      better: "lower",
      ours: await longestTask(page, work),
      target: longTask,
    });
  }
}
