import type { Page } from "@playwright/test";
import { type BenchContext, median } from "./context";
import type { bench } from "./pages/scatter";

type Bench = { bench: typeof bench };

/** Drags the map about with a real pointer and gives back the milliseconds between frames. */
async function drag(page: Page): Promise<number[]> {
  // The first frames upload points and compile shaders.
  await page.waitForTimeout(1500);
  await page.mouse.move(700, 450);
  await page.mouse.down();
  await page.evaluate(() => (window as unknown as Bench).bench.record());
  const until = Date.now() + 3000;
  for (let step = 0; Date.now() < until; step++) {
    await page.mouse.move(700 + 200 * Math.sin(step / 15), 450 + 150 * Math.cos(step / 11));
  }
  const gaps = await page.evaluate(() => (window as unknown as Bench).bench.recorded());
  await page.mouse.up();
  return gaps;
}

/** How smoothly the map follows the pointer. Without a GPU it is drawn in software, so that numbers compare on one machine alone. */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("scatter"));
  for (const count of [10_000, 100_000]) {
    await page.evaluate((count) => (window as unknown as Bench).bench.showOurs(count, false), count);
    const dots = await drag(page);
    await page.evaluate((count) => (window as unknown as Bench).bench.showOurs(count, true), count);
    const labelled = await drag(page);
    await page.evaluate((count) => (window as unknown as Bench).bench.showRegl(count), count);
    const regl = await drag(page);
    await page.evaluate(() => (window as unknown as Bench).bench.clear());
    const title = `${count.toLocaleString("en")} points dragged`;
    const frame = { metric: "milliseconds a frame", better: "lower" } as const;
    const peers = { "regl-scatterplot": median(regl) };
    context.report({ ...frame, case: title, ours: median(dots), peers });
    context.report({
      ...frame,
      case: `${title}, with labels (the peer has none)`,
      ours: median(labelled),
      peers,
    });
  }
  await page.close();
}
