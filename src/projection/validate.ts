import { NamedError } from "../core/errors";
import { type Matrix, row } from "../core/matrix";
import { isFiniteVector } from "../core/vectors";
import type { ProjectionJob } from "./protocol";

/**
 * Refuses what cannot be laid out. Throws `InvalidVectors` when the numbers do not fill the rows, when a row holds NaN
 * or infinity (naming the first), or when the start has another shape; `ProjectionFailed` for an option out of range.
 */
export function checkInput({ matrix, options, start }: ProjectionJob): void {
  const { data, rows, dimension } = matrix;
  if (data.length !== rows * dimension) {
    throw new NamedError(
      "InvalidVectors",
      `${data.length} numbers do not make ${rows} vectors of ${dimension}.`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (isFiniteVector(row(matrix, i))) continue;
    throw new NamedError("InvalidVectors", `Vector ${i + 1} of ${rows} holds a number that is not finite.`, {
      advice: "Remove that item, or encode it again.",
    });
  }
  if (start && start.length !== rows * options.dimensions) {
    throw new NamedError(
      "InvalidVectors",
      `The start has ${start.length} numbers, but ${rows} items in ${options.dimensions} dimensions need ${rows * options.dimensions}.`,
    );
  }
  refuse(options.dimensions !== 2 && options.dimensions !== 3, "dimensions must be 2 or 3");
  refuse(!Number.isFinite(options.seed), "seed must be a number");
  refuse(!(options.neighbours >= 2), "neighbours must be at least 2");
  refuse(!(options.minDistance >= 0 && options.minDistance <= 1), "minDistance must be between 0 and 1");
  refuse(options.epochs !== undefined && !(options.epochs >= 1), "epochs must be at least 1");
}

function refuse(isBad: boolean, rule: string): void {
  if (isBad) throw new NamedError("ProjectionFailed", `An option is out of range: ${rule}.`);
}

/** True when every row equals the first. */
export function rowsAreEqual({ data, dimension }: Matrix): boolean {
  for (let at = dimension; at < data.length; at++) if (data[at] !== data[at - dimension]) return false;
  return true;
}
