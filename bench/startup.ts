import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { BrowserContext, Page } from "@playwright/test";
import { type BenchContext, median } from "./context";

/** Each start is measured this often, and the middle one counts. */
const rounds = 5;

/**
 * Runs in the page before its own scripts: notes when the first item stands on the map, in milliseconds since the
 * navigation began.
 */
function watchFirstItem() {
  const look = () => {
    try {
      if (window.playground?.items().some(({ position }) => position !== null)) {
        Object.assign(window, { firstItem: performance.now() });
        return;
      }
    } catch {
      // The page is still starting.
    }
    setTimeout(look, 4);
  };
  look();
}

async function firstItem(page: Page, address: string): Promise<number> {
  await page.goto(address);
  const handle = await page.waitForFunction(
    () => (window as unknown as { firstItem?: number }).firstItem,
    null,
    {
      timeout: 120_000,
    },
  );
  return (await handle.jsonValue()) as number;
}

/** A browser with an empty profile on disk, as a user's on the first day. */
async function withProfile<T>(
  context: BenchContext,
  use: (browser: BrowserContext) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "nearfield-bench-"));
  const browser = await context.profile(folder);
  try {
    await browser.addInitScript(watchFirstItem);
    return await use(browser);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Size in bytes, gzip, of the scripts that the page's own thread loads until its first item stands. What workers import
 * is encoder and projection code, and does not show in the page's own list.
 */
async function scriptBytes(page: Page, address: string): Promise<number> {
  await firstItem(page, address);
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType("resource")
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.endsWith(".js") && !/worker/i.test(name)),
  );
  const sizes = await Promise.all(
    [...new Set(scripts)].map(async (script) => {
      const body = Buffer.from(await (await fetch(script)).arrayBuffer());
      return gzipSync(body).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Two thousand texts of one to three common words. */
function manyWords(): string[] {
  const first = ["red", "old", "small", "quiet", "wooden", "modern", "broken", "bright", "heavy", "distant"];
  const second = [
    "kitchen",
    "garden",
    "winter",
    "market",
    "river",
    "music",
    "school",
    "paper",
    "city",
    "night",
  ];
  const third = ["table", "window", "bird", "song", "letter", "road", "clock", "lamp", "bread", "coat"];
  const more = ["", "today"];
  return first.flatMap((a) =>
    second.flatMap((b) => third.flatMap((c) => more.map((d) => [a, b, c, d].filter(Boolean).join(" ")))),
  );
}

/** The longest task of the main thread, in milliseconds, from the first text handed in to the finished layout. */
async function longestTask(
  page: Page,
  texts: readonly string[],
): Promise<{ longest: number; seconds: number }> {
  return page.evaluate(async (texts) => {
    let longest = 0;
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
    });
    observer.observe({ type: "longtask" });
    // Long tasks are reported from 50 ms on; below, the longest pause between two timers stands for them.
    let [pause, last, running] = [0, performance.now(), true];
    const tick = () => {
      const now = performance.now();
      pause = Math.max(pause, now - last);
      last = now;
      if (running) setTimeout(tick);
    };
    tick();
    const started = performance.now();
    await window.playground.add(texts);
    const status = () => document.querySelector('[role="status"]')?.textContent ?? "";
    while (!status().startsWith("Ready")) await new Promise((resolve) => setTimeout(resolve, 100));
    running = false;
    for (const { duration } of observer.takeRecords()) longest = Math.max(longest, duration);
    return { longest: longest || Math.min(pause, 50), seconds: (performance.now() - started) / 1000 };
  }, texts);
}

/** How soon the page can be used, what it costs to load, and whether it stays responsive under load. */
export async function run(context: BenchContext): Promise<void> {
  const app = await context.app();
  const words = `${app}?words=football,soccer,footwear`;
  const [cold, restored, warm]: number[][] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    await withProfile(context, async (browser) => {
      const page = await browser.newPage();
      cold.push(await firstItem(page, app));
      // What the visit leaves behind (caches, items) is written a moment after it is known.
      await page.waitForTimeout(2000);
      restored.push(await firstItem(page, app));
      warm.push(await firstItem(page, words));
    });
  }
  const time = { metric: "milliseconds to the first word on the map", better: "lower" } as const;
  context.report({
    ...time,
    case: "cold load: empty profile, the article's words",
    ours: median(cold),
    target: 3000,
  });
  context.report({
    ...time,
    case: "warm load: the last visit's words",
    ours: median(restored),
    target: 1000,
  });
  context.report({ ...time, case: "warm load: new words to encode", ours: median(warm), target: 1000 });

  await withProfile(context, async (browser) => {
    context.report({
      case: "first load's JavaScript, without workers",
      metric: "kB gzip",
      better: "lower",
      ours: (await scriptBytes(await browser.newPage(), app)) / 1000,
      target: 350,
    });
  });

  const longest: number[] = [];
  for (let round = 0; round < 3; round++) {
    await withProfile(context, async (browser) => {
      const page = await browser.newPage();
      await firstItem(page, words);
      // Starting is over when the map is drawn; its WebGL context is made after the first words.
      await page.locator("section[aria-label='Map'] canvas").first().waitFor();
      await page.waitForTimeout(2000);
      const measured = await longestTask(page, manyWords());
      context.say(`2,000 texts stand after ${measured.seconds.toFixed(1)} s`);
      longest.push(measured.longest);
    });
  }
  context.report({
    case: "2,000 texts encoded and laid out",
    metric: "milliseconds, longest main-thread task",
    better: "lower",
    ours: median(longest),
    target: 50,
  });
}
