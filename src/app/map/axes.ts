import type { ProjectionOptions } from "../../projection/types";
import { formatShare } from "../ui/numbers";
import type { AxisChoice, LayoutState } from "../workbench/types";

/** What the axes of the map are called, in order. */
export const axisNames = ["across", "upright", "in depth"] as const;

/** What stands at the two ends of an axis of the map; empty where there is nothing to say. */
export interface AxisCaption {
  /** At the left or lower end. */
  readonly from: string;
  /** At the right or upper end. */
  readonly to: string;
}

/** The components that are the axes of a PCA, from 0. */
export function componentsShown({ components, dimensions }: ProjectionOptions): readonly number[] {
  return components ?? Array.from({ length: dimensions }, (_, axis) => axis);
}

/**
 * What the axes of the finished map mean, one caption for each dimension; none for methods whose axes mean nothing,
 * and while the map moves.
 */
export function axisCaptions(
  { status, method, explained }: Pick<LayoutState, "status" | "method" | "explained">,
  projection: ProjectionOptions,
  axes: readonly AxisChoice[],
): readonly AxisCaption[] {
  if (status !== "done") return [];
  const each = (caption: (axis: number) => AxisCaption) =>
    Array.from({ length: projection.dimensions }, (_, axis) => caption(axis));
  const withShare = (name: string, axis: number): AxisCaption => {
    const share = explained?.[axis];
    return { from: "", to: share === undefined ? name : `${name}, ${formatShare(share)}` };
  };
  if (method === "pca") {
    const components = componentsShown(projection);
    return each((axis) => withShare(`component ${components[axis] + 1}`, axis));
  }
  if (method === "lda") return each((axis) => withShare(`discriminant ${axis + 1}`, axis));
  if (method === "axes") return each((axis) => axes[axis] ?? { from: "", to: "most of what is left" });
  return [];
}

/** The captions for a screen reader: "Across: small to large. Upright: component 2, 12 %." */
export function describeAxes(captions: readonly AxisCaption[]): string {
  return captions
    .map(({ from, to }, axis) => {
      const name = axisNames[axis];
      return `${name[0].toUpperCase()}${name.slice(1)}: ${from ? `${from} to ${to}` : to}.`;
    })
    .join(" ");
}
