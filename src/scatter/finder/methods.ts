import type { Chosen } from "../choice";
import type { GridCells } from "../grid";
import type { SeenFrom, SeenPoints, Spot } from "../near";

/** What a finder can be asked for, as `src/remote` types it. Its arrays are the page's own, in memory that both share. */
export type FinderMethods = {
  /** From now on these are the points. What the page writes to their arrays is seen without being told. */
  show: { input: SeenPoints; output: undefined; progress: never };
  /** The point that is meant by a place of the view, of those shown last. */
  near: { input: NearRequest; output: Chosen; progress: never };
  /** An index of points at rest; those that are hidden are left out. */
  index: { input: IndexRequest; output: GridCells; progress: never };
};

export interface NearRequest {
  readonly from: SeenFrom;
  readonly spot: Spot;
  /** Points farther away than this, CSS pixels, count only where their disc covers the place. */
  readonly reach: number;
}

export interface IndexRequest {
  /** `x, y, z` triples, and the styles of as many points; see `Cloud`. */
  readonly places: Float32Array;
  readonly style: Uint8Array;
  readonly count: number;
}
