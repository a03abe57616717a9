import { NamedError } from "../core/errors";
import type { Matrix } from "../core/matrix";
import type { ProjectionQuality } from "../core/quality";
import { isFiniteVector } from "../core/vectors";
import { classNumbers } from "./classes";
import { placeFrame } from "./frame";
import type { Gate } from "./gate";
import { measureAdded, measureMap } from "./measure";
import { JobMemory } from "./memory";
import { entryOf } from "./methods/catalogue";
import { loadMethod } from "./methods/load";
import type { Layout, LayoutInput, LayoutMethod } from "./methods/method";
import { linearKey, placeRows, rowsToPlace } from "./placing";
import { createRun, type JobRun, QUALITY_FROM, type Report } from "./progress";
import type { ProjectionJob } from "./protocol";
import { spherized } from "./spherize";
import type { ProjectionMethod, ProjectionResult } from "./types";
import { checkJob, rowsAreEqual } from "./validate";

/** What stops or pauses a job from outside. */
export interface JobControl {
  readonly signal: AbortSignal;
  readonly gate: Gate;
}

/**
 * Lays out the vectors that are held, measures the result, and reports on the way. Gives way every 30 ms, then waits while the
 * gate is closed, and rejects with `Cancelled` if the signal was aborted. Throws `InvalidVectors` for input that cannot be laid out, and
 * `ProjectionFailed` when a method breaks down.
 */
export async function runJob(
  job: ProjectionJob,
  { signal, gate }: JobControl,
  report: Report,
  memory: JobMemory,
): Promise<ProjectionResult> {
  const { matrix } = memory;
  checkJob(matrix, job);
  const { options } = job;
  const { dimensions, metric, seed } = options;
  const start = job.start?.some(Number.isFinite) ? job.start : undefined;
  const { classes, count } = classNumbers(job.classes);
  const { method, note } = chooseMethod(matrix, options.method, count, job.pairs?.length ?? 0);
  const engine = await loadMethod(method);
  const place = (positions: ArrayLike<number>) => placeFrame(positions, dimensions, start, engine.alignment);
  const run = createRun(signal, gate, report, place);
  memory.device = job.device ?? "auto";
  memory.search = undefined;
  const shared = { options: { ...options, method }, start, classes, pairs: job.pairs };

  const finish = async (
    positions: Float32Array,
    measure: () => Promise<ProjectionQuality>,
    extra: Pick<ProjectionResult, "explained" | "placed">,
  ): Promise<ProjectionResult> => {
    run.enter("quality");
    // The map stands from here on; how far to trust it comes later.
    report({ stage: "quality", fraction: QUALITY_FROM, positions: positions.slice() });
    const quality = await measure();
    memory.layout = { positions: positions.slice(), dimensions, metric, method, quality };
    const { error, neighbours, measured, trust, ...rest } = quality;
    const { search } = memory;
    const notes = [note, search?.note].filter((each) => each !== undefined).join(" ");
    return {
      ...{ positions, method, ...(notes ? { note: notes } : {}), ...extra },
      ...(search ? { neighboursBy: search.by } : {}),
      ...{ ...rest, qualityNeighbours: neighbours, qualityError: error, trust: trust.slice() },
      ...(measured === undefined ? {} : { qualityMeasured: measured }),
      milliseconds: run.times(),
    };
  };
  const measureAll = (positions: Float32Array) => () =>
    measureMap(memory, positions, dimensions, metric, seed, run.step);

  const added = job.keep && start ? rowsToPlace(start, dimensions) : undefined;
  if (added && start) {
    const input = {
      ...shared,
      matrix,
      start,
      nearest: (k: number) => memory.nearest(k, metric, seed, run.step),
    };
    const positions = await placeRows(memory, added, method, engine, input, run);
    if (positions) {
      const former = memory.layout;
      const isSame = former && standsAs(former.positions, positions) && former.metric === metric;
      const measure = isSame
        ? () => measureAdded(former.quality, memory, positions, dimensions, metric, run.step)
        : measureAll(positions);
      const result = await finish(positions, measure, { placed: added.length });
      await memory.complete(metric, run.step);
      return result;
    }
  }

  const layout = await layOut(engine, shared, memory, run);
  if (!isFiniteVector(layout.positions)) {
    throw new NamedError(
      "ProjectionFailed",
      `${entryOf(method).title} ended in positions that are no numbers.`,
      {
        advice: "Try another seed, or PCA.",
      },
    );
  }
  if (layout.linear) memory.linear.set(linearKey(shared.options), layout.linear);
  const positions = place(layout.positions);
  return finish(positions, measureAll(positions), layout.explained ? { explained: layout.explained } : {});
}

/** True when the map of before is the beginning of this one, and was measured. */
function standsAs(former: Float32Array, positions: Float32Array): boolean {
  return former.length <= positions.length && former.every((value, at) => value === positions[at]);
}

/** Lays out from the space as it is, or evened out. */
async function layOut(
  engine: LayoutMethod,
  shared: Omit<LayoutInput, "matrix" | "nearest">,
  memory: JobMemory,
  run: JobRun,
): Promise<Layout> {
  const { metric, seed, spherize } = shared.options;
  let source = memory;
  if (spherize) {
    run.enter("prepare");
    source = new JobMemory();
    source.device = memory.device;
    source.hold(await spherized(memory.matrix, run.step), 0, memory.matrix.rows);
  }
  const nearest = (k: number) => source.nearest(k, metric, seed, run.step);
  const layout = await engine.layOut({ ...shared, matrix: source.matrix, nearest }, run);
  memory.search = source.search;
  return spherize ? { ...layout, linear: undefined } : layout;
}

/** The method that can be used, and why it is not the one asked for. */
function chooseMethod(
  matrix: Matrix,
  asked: ProjectionMethod,
  classes: number,
  pairs: number,
): { method: ProjectionMethod; note?: string } {
  const { title, leastItems, leastClasses = 0, leastPairs = 0 } = entryOf(asked);
  if (asked === "pca") return { method: asked };
  const instead = (why: string) => ({ method: "pca" as const, note: why });
  if (matrix.rows < leastItems) return instead(`${title} needs at least ${leastItems} items; PCA is shown.`);
  if (classes < leastClasses)
    return instead(`${title} needs at least ${leastClasses} classes; PCA is shown.`);
  if (pairs < leastPairs) return instead(`${title} need at least one pair of items; PCA is shown.`);
  if (rowsAreEqual(matrix)) return instead(`All vectors are equal; ${title} has nothing to show.`);
  return { method: asked };
}
