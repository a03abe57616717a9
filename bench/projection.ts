import type { BenchContext } from "./context";
import type { bench } from "./pages/projection";

/** A layout from scratch with the defaults: time to its end, and how long the page stands still meanwhile. */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("projection"));
  for (const rows of [500, 1000, 2000]) {
    const found = await page.evaluate(
      (rows) => (window as unknown as { bench: typeof bench }).bench.project(rows, 384),
      rows,
    );
    const title = `UMAP, ${rows.toLocaleString("en")} × 384`;
    const [ours, peer] = [found.ours, found.umapJs];
    context.say(`${title}: trustworthiness ${found.trustworthiness.toFixed(3)}`);
    context.report({
      case: title,
      metric: "milliseconds",
      better: "lower",
      ours: ours.milliseconds,
      peers: { "umap-js": peer.milliseconds },
    });
    context.report({
      case: title,
      metric: "milliseconds, longest pause of the page",
      better: "lower",
      ours: ours.longestPause,
      peers: { "umap-js": peer.longestPause },
      target: 50,
    });
  }
  await page.close();
}
