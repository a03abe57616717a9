import { neighboursOf } from "../core/knn/extend";
import { knownRows } from "../core/procrustes";
import type { JobMemory } from "./memory";
import { applyLinearMap, framing } from "./methods/linear-map";
import type { LayoutInput, LayoutMethod } from "./methods/method";
import type { JobRun } from "./progress";
import type { ProjectionMethod, ProjectionOptions } from "./types";

/** Neighbours that say where a new item belongs, as many as UMAP's default. */
const NEIGHBOURS = 15;

/** Up to this share of new items, or this many where at least twice as many stand, the map is still the old one. */
const FEW_SHARE = 0.1;
const FEW = 50;

/** A layout's straight map serves only layouts made with the same options. */
export function linearKey({
  method,
  dimensions,
  components,
  orthogonal,
  spherize,
}: ProjectionOptions): string {
  return JSON.stringify([method, dimensions, components, orthogonal, spherize]);
}

/** The rows to be placed, when they are few enough for the rest to stay; else undefined. */
export function rowsToPlace(start: Float32Array, dimensions: 2 | 3): Uint32Array | undefined {
  const rows = start.length / dimensions;
  const known = new Set(knownRows(start, dimensions));
  const added = rows - known.size;
  const few = Math.max(FEW_SHARE * rows, Math.min(FEW, known.size / 2));
  if (known.size === 0 || added > few) return undefined;
  return Uint32Array.from(Array.from({ length: rows }, (_, i) => i).filter((i) => !known.has(i)));
}

/**
 * The start with places for the new rows, every other number as it was: by the straight map of the last layout with these
 * options, else by the method's own way. Undefined when neither can.
 */
export async function placeRows(
  memory: JobMemory,
  added: Uint32Array,
  used: ProjectionMethod,
  method: LayoutMethod,
  input: LayoutInput & { readonly start: Float32Array },
  run: JobRun,
): Promise<Float32Array | undefined> {
  if (memory.layout && memory.layout.method !== used) return undefined;
  const { start, options, matrix } = input;
  const { dimensions, metric } = options;
  const positions = start.slice();
  const write = (places: Float64Array) => {
    added.forEach((row, at) => {
      for (let t = 0; t < dimensions; t++) positions[row * dimensions + t] = places[at * dimensions + t];
    });
    return positions;
  };
  if (added.length === 0) return positions;
  if (method.place) {
    run.enter("neighbours");
    const near = await neighboursOf(matrix, added, NEIGHBOURS, metric, run.step);
    run.enter("layout");
    return write(await method.place({ ...input, near, graph: memory.before(metric) }));
  }
  const linear = memory.linear.get(linearKey(options));
  if (!linear) return undefined;
  const known = knownRows(start, dimensions);
  const places = Float64Array.from(
    known.flatMap((row) => Array.from({ length: dimensions }, (_, t) => start[row * dimensions + t])),
  );
  const toMap = framing(applyLinearMap(linear, matrix, known), places, dimensions);
  return toMap && write(toMap(applyLinearMap(linear, matrix, added)));
}
