import { NamedError, reportError } from "../../core/errors";
import { neighboursOf } from "../../core/knn/extend";
import { approximateNeighbours } from "../../core/knn/nn-descent";
import { refineCandidates } from "../../core/knn/refine";
import type { Matrix } from "../../core/matrix";
import type { NearestNeighbours } from "../../core/nearest";
import type { Metric } from "../../core/space";
import type { Step } from "../../core/step";
import type { NeighboursBy, ProjectionDevice } from "../types";
import { exactNeighbours } from "./exact";
import { usableAdapter } from "./gpu/adapter";

/**
 * Up to this many rows neighbours are exact by WebAssembly: 20,000 × 384 take some 2 s on two processors, and grow with the
 * square.
 */
const EXACT_UP_TO = 20_000;

/** And by a GPU: 100,000 × 384 are 4 · 10¹² products, seconds even for the small GPU of a laptop, and 154 MB. */
const EXACT_BY_GPU_UP_TO = 100_000;

/** Products above which opening a GPU and compiling for it, some 0.3 s, is made up for: what two processors do in 0.4 s. */
const WORTH_GPU = 12e9;

/** Share of the search that the comparison takes on a GPU; the rest restores the exact order. */
const GPU_SHARE = 0.8;

/** Rows whose neighbours are looked up again by the processor: a GPU that computes nonsense does so everywhere. */
const PROBES = 8;

/** Two ways of adding up the same products differ by less, relative to the largest. */
const TOLERANCE = 1e-9;

/** Neighbours, and who found them. */
export interface FoundNeighbours {
  readonly near: NearestNeighbours;
  readonly by: NeighboursBy;
  /** Why it was not the GPU, when it should have been, as sentences for people. */
  readonly note?: string;
}

/**
 * The `k` nearest other rows of every row: exactly by a GPU where there is a real one (or one was asked for) and it is worth
 * it; exactly by WebAssembly up to 20,000 rows; by NN-descent above. A GPU that goes away, refuses, or finds wrong neighbours
 * leaves the work to the processor.
 */
export async function findNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  seed: number,
  step: Step,
  device: ProjectionDevice,
): Promise<FoundNeighbours> {
  let note: string | undefined;
  try {
    const near = await byGpu(matrix, k, metric, step, device);
    if (near) return { near, by: "webgpu" };
  } catch (thrown) {
    const { name, message } = reportError(thrown);
    if (name === "Cancelled") throw thrown;
    note = `${message} The processor found the neighbours instead.`;
  }
  const approximate =
    matrix.rows > EXACT_UP_TO ? await approximateNeighbours(matrix, k, metric, seed, step) : undefined;
  return { near: approximate ?? (await exactNeighbours(matrix, k, metric, step)), by: "wasm", note };
}

async function byGpu(
  matrix: Matrix,
  k: number,
  metric: Metric,
  step: Step,
  device: ProjectionDevice,
): Promise<NearestNeighbours | undefined> {
  const { rows, dimension } = matrix;
  if (k < 1 || rows > EXACT_BY_GPU_UP_TO) return undefined;
  if (device === "auto" && (rows ** 2 / 2) * dimension < WORTH_GPU) return undefined;
  const adapter = await usableAdapter(device);
  if (!adapter) return undefined;
  const { gpuCandidates } = await import("./gpu/search");
  const candidates = await gpuCandidates(adapter, matrix, k, metric, (share) => step(GPU_SHARE * share));
  if (!candidates) return undefined;
  const rest = (share: number) => step(GPU_SHARE + (1 - GPU_SHARE) * share);
  const near = await refineCandidates(matrix, metric, k, candidates, Number.POSITIVE_INFINITY, rest);
  await confirm(near, matrix, metric, step);
  return near;
}

/** Throws `ProjectionFailed` when a few rows have nearer neighbours than those that were found. */
async function confirm(near: NearestNeighbours, matrix: Matrix, metric: Metric, step: Step): Promise<void> {
  const { rows, k, similarities } = near;
  const count = Math.min(PROBES, rows);
  const probes = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count));
  const truth = await neighboursOf(matrix, probes, k, metric, () => step(1));
  const size = truth.similarities.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  probes.forEach((row, probe) => {
    for (let at = 0; at < k; at++) {
      const gap = truth.similarities[probe * k + at] - similarities[row * k + at];
      if (Math.abs(gap) <= TOLERANCE * size) continue;
      throw new NamedError("ProjectionFailed", "The GPU found wrong neighbours.");
    }
  });
}
