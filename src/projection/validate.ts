import { NamedError } from "../core/errors";
import { type Matrix, row } from "../core/matrix";
import { isFiniteVector } from "../core/vectors";
import type { ProjectionJob } from "./protocol";

/**
 * Refuses rows that cannot be laid out: throws `InvalidVectors` when the numbers do not fill the rows, or when a row holds NaN
 * or infinity, naming the first. `known` rows stand before these, `expected` there will be in all.
 */
export function checkRows(matrix: Matrix, known: number, expected: number): void {
  const { data, rows, dimension } = matrix;
  if (data.length !== rows * dimension) {
    throw new NamedError(
      "InvalidVectors",
      `${data.length} numbers do not make ${rows} vectors of ${dimension}.`,
    );
  }
  for (let i = 0; i < rows; i++) {
    if (isFiniteVector(row(matrix, i))) continue;
    throw new NamedError(
      "InvalidVectors",
      `Vector ${known + i + 1} of ${expected} holds a number that is not finite.`,
      { advice: "Remove that item, or encode it again." },
    );
  }
}

/**
 * Refuses what cannot be done with the vectors that are held: throws `InvalidVectors` when the start, the classes or a pair have
 * another shape; `ProjectionFailed` for an option out of range.
 */
export function checkJob(
  { rows, dimension }: Matrix,
  { options, start, classes, pairs }: ProjectionJob,
): void {
  const { dimensions, components } = options;
  if (start && start.length !== rows * dimensions) {
    throw new NamedError(
      "InvalidVectors",
      `The start has ${start.length} numbers, but ${rows} items in ${dimensions} dimensions need ${rows * dimensions}.`,
    );
  }
  if (classes && classes.length !== rows)
    throw new NamedError("InvalidVectors", `There are ${classes.length} classes for ${rows} items.`);
  for (const { from, to } of pairs ?? []) {
    if (from.length !== dimension || to.length !== dimension || !isFiniteVector(from) || !isFiniteVector(to))
      throw new NamedError("InvalidVectors", "A pair that shall make an axis is not of this space.");
  }
  refuse(dimensions !== 2 && dimensions !== 3, "dimensions must be 2 or 3");
  refuse(!Number.isFinite(options.seed), "seed must be a number");
  refuse(!(options.neighbours >= 2), "neighbours must be at least 2");
  refuse(!(options.minDistance >= 0 && options.minDistance <= 1), "minDistance must be between 0 and 1");
  refuse(options.epochs !== undefined && !(options.epochs >= 1), "epochs must be at least 1");
  refuse(options.perplexity !== undefined && !(options.perplexity >= 2), "perplexity must be at least 2");
  const isOrder = (component: number) => Number.isInteger(component) && component >= 0;
  const areComponents =
    components === undefined || (components.length === dimensions && components.every(isOrder));
  refuse(!areComponents, `components must be ${dimensions} whole numbers from 0`);
}

function refuse(isBad: boolean, rule: string): void {
  if (isBad) throw new NamedError("ProjectionFailed", `An option is out of range: ${rule}.`);
}

/** True when every row equals the first. */
export function rowsAreEqual({ data, rows, dimension }: Matrix): boolean {
  for (let at = dimension; at < rows * dimension; at++) if (data[at] !== data[at - dimension]) return false;
  return true;
}
