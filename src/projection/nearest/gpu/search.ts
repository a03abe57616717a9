import { comparableRows } from "../../../core/knn/comparable";
import { MARGIN } from "../../../core/knn/fast-nearest";
import type { Candidates } from "../../../core/knn/kernel";
import type { Matrix } from "../../../core/matrix";
import type { Metric } from "../../../core/space";
import type { Step } from "../../../core/step";
import { openProgram, type Program, type Shape, TILE } from "./program";

/** Numbers written to the GPU at a time: 4 MB pass in about a millisecond. */
const PART = 1_000_000;

/** A block of rows that takes less time than this is followed by one of twice as many, one that takes longer by half. */
const SHORT = 20;

/** Milliseconds far below the two seconds after which systems reset a GPU that doesn't answer, and no screen stutters long. */
const LONG = 80;

/**
 * The best candidates of every row by a GPU, in float32, every pair compared: as the WebAssembly kernel finds them, for
 * `refineCandidates`. Works in blocks of rows whose size follows from how long the last one took, so that no single piece of
 * work holds the GPU up. Undefined where the rows or the adapter don't allow it. Throws `DeviceLost` when the GPU goes away,
 * `ProjectionFailed` when it refuses the work. Memory on the GPU: the rows and some 64 MB, given back at the end.
 */
export async function gpuCandidates(
  adapter: GPUAdapter,
  matrix: Matrix,
  k: number,
  metric: Metric,
  step: Step,
): Promise<Candidates | undefined> {
  const { rows, dimension } = matrix;
  const comparable = comparableRows(matrix, metric);
  if (!comparable.isPrecise) return undefined;
  const kept = Math.min(k + MARGIN, rows - 1);
  const shape: Shape = { rows, padded: padTo(rows, TILE), width: padTo(dimension, 16), kept };
  const program = await openProgram(adapter, shape);
  if (!program) return undefined;
  try {
    await writeRows(program, shape, comparable.write, comparable.hasPenalties, step);
    let count = TILE;
    for (let from = 0; from < shape.padded; ) {
      const to = Math.min(shape.padded, from + count);
      const began = performance.now();
      await program.search(from, to - from);
      const milliseconds = performance.now() - began;
      if (milliseconds < SHORT) count = Math.min(program.mostRows, 2 * count);
      else if (milliseconds > LONG) count = Math.max(TILE, padTo(count / 2, TILE));
      from = to;
      await step(Math.min(rows, to) / rows);
    }
    return await program.read();
  } finally {
    program.close();
  }
}

function padTo(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}

async function writeRows(
  program: Program,
  { rows, padded, width }: Shape,
  write: (row: number, to: Float32Array, at: number) => void,
  hasPenalties: boolean,
  step: Step,
): Promise<void> {
  const penalties = new Float32Array(padded);
  const most = Math.max(1, Math.floor(PART / width));
  for (let from = 0; from < rows; from += most) {
    const count = Math.min(most, rows - from);
    const part = new Float32Array(count * width);
    for (let i = 0; i < count; i++) {
      write(from + i, part, i * width);
      if (!hasPenalties) continue;
      let square = 0;
      for (let at = i * width; at < (i + 1) * width; at++) square += part[at] * part[at];
      penalties[from + i] = square / 2;
    }
    program.writeRows(from, part);
    await step(0);
  }
  program.writePenalties(penalties);
}
