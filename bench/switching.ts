import type { Page } from "@playwright/test";
import { type BenchContext, median } from "./context";
import { heldMemory } from "./memory";

/** Switches before memory is taken as the starting point: what a first of each kind leaves behind is no leak. */
const settling = 2;
/** Switches that must leave nothing behind. */
const switches = 10;
/** What the browser's own allocator may hold back, in megabytes: less than one encoder's weights. */
const slack = 20;

/** Asks for an encoder as a script does; the milliseconds until it is open. */
function use(page: Page, tap: string | undefined): Promise<number> {
  return page.evaluate(async (tap) => {
    const started = performance.now();
    await window.playground.use({ text: { id: "all-minilm-l6-v2", ...(tap ? { tap } : {}) } });
    return performance.now() - started;
  }, tap);
}

/** Bytes held once what was put away is gone: workers end, and garbage is collected, a moment later. */
async function settled(page: Page): Promise<number | undefined> {
  await page.requestGC();
  await page.waitForTimeout(1500);
  const browser = page.context().browser();
  return browser ? heldMemory(browser) : undefined;
}

/** How long another model takes to open from what is kept, and what ten of them in a row leave in memory. */
export async function measureSwitching(context: BenchContext): Promise<void> {
  const page = await context.open(
    `${await context.app()}?words=football,soccer,footwear&device=${context.device}`,
  );
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);
  const taps = [undefined, "layer_2_output"];
  const times: number[] = [];
  let before: number | undefined;
  for (let turn = 0; turn < settling + switches; turn++) {
    if (turn === settling) before = await settled(page);
    times.push(await use(page, taps[(turn + 1) % taps.length]));
  }
  const after = await settled(page);
  context.report({
    case: "MiniLM put in place of another, its files kept",
    metric: "milliseconds until it is open",
    better: "lower",
    ours: median(times.slice(settling)),
  });
  if (before !== undefined && after !== undefined) {
    context.report({
      case: `memory after ${switches} switches, above that before them`,
      metric: "megabytes",
      better: "lower",
      ours: (after - before) / 1e6,
      target: slack,
    });
  }
  await page.close();
}
