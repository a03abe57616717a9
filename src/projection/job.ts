import { NamedError } from "../core/errors";
import type { Matrix } from "../core/matrix";
import { projectionQuality } from "../core/quality";
import { isFiniteVector } from "../core/vectors";
import { placeFrame } from "./frame";
import type { LayoutRun } from "./methods/method";
import { METHODS } from "./methods/registry";
import { createPace } from "./pacing";
import type { ProjectionJob } from "./protocol";
import type { ProjectionMethod, ProjectionProgress, ProjectionResult, ProjectionStage } from "./types";
import { checkInput, rowsAreEqual } from "./validate";

/** Neighbourhood size of trustworthiness and continuity, that of UMAP's own default; clipped for few items. */
const QUALITY_NEIGHBOURS = 15;

/** Milliseconds between frames: six or seven a second read as motion, and copying them costs next to nothing. */
const FRAME_INTERVAL = 150;

/** Where each stage begins and ends in the whole job's progress, from measured times of 2,000 × 384 vectors. */
const SHARES: Readonly<Record<ProjectionStage, readonly [number, number]>> = {
  neighbours: [0, 0.15],
  prepare: [0.15, 0.2],
  layout: [0.2, 0.8],
  quality: [0.8, 1],
};

/** Shows progress; the positions of a frame belong to the receiver. */
export type Report = (progress: ProjectionProgress) => void;

/**
 * Lays vectors out, measures the result, and reports on the way. Gives way every 30 ms and then rejects with
 * `Cancelled` if the signal was aborted. Throws `InvalidVectors` for input that cannot be laid out, naming the row,
 * and `ProjectionFailed` when a method breaks down.
 */
export async function runJob(
  job: ProjectionJob,
  signal: AbortSignal,
  report: Report,
): Promise<ProjectionResult> {
  checkInput(job);
  const { matrix, options } = job;
  const { dimensions } = options;
  const { method, note } = chooseMethod(matrix, options.method);
  const start = job.start?.some(Number.isFinite) ? job.start : undefined;
  const { alignment, layOut } = await METHODS[method].load();

  const clock = createClock(["prepare", "neighbours", "layout", "quality"]);
  const pace = createPace(signal);
  let lastFrame = performance.now();
  let fraction = 0;
  const tell = (positions?: Float32Array) => {
    report({ stage: clock.stage(), fraction, ...(positions ? { positions } : {}) });
  };
  const run: LayoutRun = {
    enter(stage) {
      clock.enter(stage);
      fraction = SHARES[stage][0];
      tell();
    },
    step(share) {
      const [from, to] = SHARES[clock.stage()];
      fraction = from + (to - from) * Math.min(1, share);
      const waiting = pace();
      if (waiting) tell();
      return waiting;
    },
    wantsFrame: () => performance.now() - lastFrame >= FRAME_INTERVAL,
    frame(positions) {
      lastFrame = performance.now();
      tell(place(positions));
    },
  };
  const place = (positions: ArrayLike<number>) => placeFrame(positions, dimensions, start, alignment);

  const layout = await layOut({ matrix, options, start }, run);
  if (!isFiniteVector(layout.positions)) {
    throw new NamedError(
      "ProjectionFailed",
      `${METHODS[method].title} ended in positions that are no numbers.`,
      {
        advice: "Try another seed, or PCA.",
      },
    );
  }
  const positions = place(layout.positions);
  run.enter("quality");
  const quality = await projectionQuality(
    matrix,
    positions,
    dimensions,
    options.metric,
    QUALITY_NEIGHBOURS,
    run.step,
  );
  return {
    positions,
    method,
    ...(note ? { note } : {}),
    trustworthiness: quality.trustworthiness,
    continuity: quality.continuity,
    qualityNeighbours: quality.neighbours,
    ...(layout.explained ? { explained: layout.explained } : {}),
    milliseconds: clock.stop(),
  };
}

/** The method that can be used, and why it is not the one asked for. */
function chooseMethod(matrix: Matrix, asked: ProjectionMethod): { method: ProjectionMethod; note?: string } {
  const { title, leastItems } = METHODS[asked];
  if (asked === "pca") return { method: asked };
  if (matrix.rows < leastItems) {
    return { method: "pca", note: `${title} needs at least ${leastItems} items; PCA is shown.` };
  }
  if (rowsAreEqual(matrix))
    return { method: "pca", note: `All vectors are equal; ${title} has nothing to show.` };
  return { method: asked };
}

/** Adds up the time spent in each stage. */
function createClock(stages: readonly ProjectionStage[]) {
  const began = performance.now();
  const spent: Record<string, number> = Object.fromEntries(stages.map((stage) => [stage, 0]));
  let current: ProjectionStage = "prepare";
  let since = began;
  const enter = (stage: ProjectionStage) => {
    const now = performance.now();
    spent[current] += now - since;
    current = stage;
    since = now;
  };
  return {
    enter,
    stage: () => current,
    stop(): Record<string, number> {
      enter(current);
      return { ...spent, total: since - began };
    },
  };
}
