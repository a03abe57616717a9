import { type BenchContext, median } from "./context";
import type { bench } from "./pages/formats";

/** 2,605 words by 384 dimensions: a million cells of numbers. */
const [rows, dimension] = [2605, 384];
const rounds = 5;

/** Writing a million cells as CSV: how long it takes, and how long the page stands still. */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("formats"));
  const found: Awaited<ReturnType<typeof bench.write>>[] = [];
  for (let round = 0; round < rounds; round++) {
    found.push(
      await page.evaluate(
        ([rows, dimension]) => (window as unknown as { bench: typeof bench }).bench.write(rows, dimension),
        [rows, dimension] as const,
      ),
    );
  }
  await page.close();
  const middle = (name: "ours" | "papaparse", what: "milliseconds" | "longestPause" | "bytes") =>
    median(found.map((one) => one[name][what]));
  const rowOf = (what: "milliseconds" | "longestPause" | "bytes") => ({
    case: "1,000,000 cells to CSV",
    better: "lower" as const,
    ours: middle("ours", what),
    peers: { papaparse: middle("papaparse", what) },
  });
  context.report({ ...rowOf("milliseconds"), metric: "milliseconds" });
  context.report({ ...rowOf("longestPause"), metric: "milliseconds, longest pause of the page", target: 50 });
  context.report({ ...rowOf("bytes"), metric: "bytes" });
}
