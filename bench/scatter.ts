import type { Page } from "@playwright/test";
import { type BenchContext, median } from "./context";
import type { bench } from "./pages/scatter";

type Bench = { bench: typeof bench };

const sizes = [10_000, 100_000, 1_000_000];
/** Points that are drawn once before anything is measured. */
const few = 1_000;
/** Milliseconds of each motion. */
const span = 1_500;
/** Milliseconds until the first frames have uploaded the points and compiled the shaders. */
const settle = 800;
const picks = 300;
/** Pictures on the map of pictures: the number. */
const pictures = 10_000;
/** Clicks each after all points were moved. */
const clicks = 60;
/** Milliseconds after which an index of a million points has been built between frames. */
const rest = 2_500;
/** From the array to the first frame of a million points: the budget, milliseconds. */
const firstFrameTarget = 1_000;
const pickTarget = 4;
/** No task of the page may be longer, milliseconds. */
const longestTask = 50;

/** The value that nineteen of twenty don't exceed. */
function p95(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.95) - 1];
}

/** Goes through a motion: input as soon as the last is drawn, or new places for all points. */
const move = (page: Page, motion: "pan" | "zoom" | "stream") =>
  page.evaluate(([motion, span]) => (window as unknown as Bench).bench[motion](span), [
    motion,
    span,
  ] as const);

/** Shows the points and goes through the motions: all in one page, on a canvas of one size. */
async function measure(page: Page, show: () => Promise<number>) {
  const firstFrame = await show();
  await page.waitForTimeout(settle);
  return {
    firstFrame,
    pan: await move(page, "pan"),
    zoom: await move(page, "zoom"),
    stream: await move(page, "stream"),
  };
}

/**
 * How smoothly the map follows, beside regl-scatterplot, which draws dots as large on as large a canvas. Without a GPU
 * both are drawn in software, so that numbers compare on one machine alone.
 */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("scatter"));
  const renderer = await page.evaluate(() => {
    const gl = document.createElement("canvas").getContext("webgl2");
    const extension = gl?.getExtension("WEBGL_debug_renderer_info");
    return gl && extension ? String(gl.getParameter(extension.UNMASKED_RENDERER_WEBGL)) : "unknown";
  });
  context.say(`drawn by ${renderer}`);
  await page.mouse.move(700, 450);
  // A browser's first WebGL canvas waits for its graphics to start, whoever asks for it: that is nobody's frame.
  await page.evaluate((count) => (window as unknown as Bench).bench.prepare(count), few);
  await page.evaluate(() => (window as unknown as Bench).bench.showRegl());
  await page.evaluate(() => (window as unknown as Bench).bench.showOurs(false));
  await page.waitForTimeout(settle);
  for (const count of sizes) {
    const title = count.toLocaleString("en");
    await page.evaluate((count) => (window as unknown as Bench).bench.prepare(count), count);
    const ours = await measure(page, () =>
      page.evaluate(() => (window as unknown as Bench).bench.showOurs(false)),
    );
    const early = await page.evaluate(
      (clicks) => (window as unknown as Bench).bench.earlyClicks(clicks),
      clicks,
    );
    await page.waitForTimeout(rest);
    const late = await page.evaluate((picks) => (window as unknown as Bench).bench.picks(picks), picks);
    const enclosed = await page.evaluate(() => (window as unknown as Bench).bench.lasso());
    const state = await page.evaluate(() => (window as unknown as Bench).bench.state());
    const turned = await page.evaluate(
      ([picks, rest]) => (window as unknown as Bench).bench.turnedPicks(picks, rest),
      [picks, rest] as const,
    );
    const regl = await measure(page, () =>
      page.evaluate(() => (window as unknown as Bench).bench.showRegl()),
    );
    const waiting = {
      regl: await page.evaluate(() => (window as unknown as Bench).bench.showRegl(true)),
      ours: await page.evaluate(() => (window as unknown as Bench).bench.showOurs(false, true)),
    };
    for (const motion of ["pan", "zoom", "stream"] as const) {
      for (const [name, statistic] of [
        ["median", median],
        ["p95", p95],
      ] as const) {
        context.report({
          case: `${title} points, ${motion === "stream" ? "a moving layout" : motion}`,
          metric: `milliseconds a frame, ${name}`,
          better: "lower",
          ours: statistic(ours[motion]),
          peers: { "regl-scatterplot": statistic(regl[motion]) },
        });
      }
    }
    context.report({
      case: `${title} points, from the arrays to the first frame`,
      metric: "milliseconds",
      better: "lower",
      ours: ours.firstFrame,
      peers: { "regl-scatterplot": regl.firstFrame },
      ...(count === 1_000_000 ? { target: firstFrameTarget } : {}),
    });
    context.report({
      case: `${title} points, from the arrays to the first frame on a map that is there`,
      metric: "milliseconds",
      better: "lower",
      ours: waiting.ours,
      peers: { "regl-scatterplot": waiting.regl },
    });
    const pick = (when: string, metric: string, value: number) =>
      context.report({
        case: `${title} points, pick ${when}`,
        metric: `milliseconds ${metric}`,
        better: "lower",
        ours: value,
        ...(metric.startsWith("until") ? {} : { target: pickTarget }),
      });
    pick("at rest", "of the page, median", median(late));
    pick("at rest", "of the page, p95", p95(late));
    pick("after a turn in space", "of the page, p95", p95(turned));
    pick(
      "just after points moved",
      "of the page at a stretch, median",
      median(early.map(({ held }) => held)),
    );
    pick("just after points moved", "of the page at a stretch, p95", p95(early.map(({ held }) => held)));
    pick("just after points moved", "until it is told, median", median(early.map(({ waited }) => waited)));
    const around = `a lasso around ${enclosed.points.toLocaleString("en")} of ${title} points`;
    context.report({
      case: around,
      metric: "milliseconds of the page at a stretch",
      better: "lower",
      ours: enclosed.held,
      target: longestTask,
    });
    context.report({
      case: around,
      metric: "milliseconds until they are told",
      better: "lower",
      ours: enclosed.waited,
    });
    for (const side of ["cpu", "gpu"] as const) {
      context.report({
        case: `${title} points, memory of the ${side.toUpperCase()}`,
        metric: "bytes a point",
        better: "lower",
        ours: (state?.memory[side] ?? 0) / count,
      });
    }
    await page.evaluate(() => (window as unknown as Bench).bench.showOurs(true));
    await page.waitForTimeout(settle);
    const labelled = await move(page, "pan");
    const survey = await page.evaluate(() => (window as unknown as Bench).bench.state()?.surveyMilliseconds);
    context.report({
      case: `${title} points, pan with labels`,
      metric: "milliseconds a frame, median",
      better: "lower",
      ours: median(labelled),
      peers: { "regl-scatterplot, which has none": median(regl.pan) },
    });
    context.report({
      case: `${title} points, choosing the labels`,
      metric: "milliseconds",
      better: "lower",
      ours: survey ?? Number.NaN,
    });
    await page.evaluate(() => (window as unknown as Bench).bench.clear());
  }
  await measurePictures(context, page);
  await page.close();
}

/** A map of pictures, each another one: no peer draws any. */
async function measurePictures(context: BenchContext, page: Page): Promise<void> {
  const title = `${pictures.toLocaleString("en")} pictures`;
  const complete = await page.evaluate(
    (count) => (window as unknown as Bench).bench.showPictures(count),
    pictures,
  );
  for (const motion of ["pan", "zoom"] as const) {
    const times = await move(page, motion);
    for (const [name, statistic] of [
      ["median", median],
      ["p95", p95],
    ] as const) {
      context.report({
        case: `${title}, ${motion}`,
        metric: `milliseconds a frame, ${name}`,
        better: "lower",
        ours: statistic(times),
      });
    }
  }
  context.report({
    case: `${title}, until those in view stand there`,
    metric: "milliseconds",
    better: "lower",
    ours: complete,
  });
}
