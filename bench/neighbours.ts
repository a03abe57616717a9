import { type BenchContext, median } from "./context";
import type { bench } from "./pages/neighbours";

const k = 15;
const queries = 50;

/** Exact rankings in the space: the first question, which sends the vectors to the worker, and the ones that follow. */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("neighbours"));
  for (const rows of [1000, 10_000, 50_000]) {
    const found = await page.evaluate(
      ([rows, k, queries]) =>
        (window as unknown as { bench: typeof bench }).bench.rank(rows, 384, k, queries),
      [rows, k, queries] as const,
    );
    const title = `${rows.toLocaleString("en")} × 384, k = ${k}`;
    const time = { better: "lower" } as const;
    context.report({
      ...time,
      case: title,
      metric: "milliseconds a question",
      ours: median(found.milliseconds),
    });
    context.report({ ...time, case: title, metric: "milliseconds, first question", ours: found.first });
    context.report({
      ...time,
      case: title,
      metric: "milliseconds, longest pause of the page",
      ours: found.longestPause,
      target: 50,
    });
  }
  await page.close();
}
