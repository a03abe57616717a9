import type { Metric } from "../core/space";
import type { Neighbour, Regions, RegionsQuestion } from "./types";

/** A ranking, as the worker is asked for it; meanings as in `NeighboursOptions`. */
export interface RankingQuestion {
  readonly key: string;
  readonly query: Float32Array;
  readonly k: number;
  readonly metric: Metric;
  readonly exclude?: readonly number[];
  readonly among?: readonly number[];
}

/** What the comparison worker can be asked. */
export interface ComparisonMethods {
  /** A part of a matrix of `rows` rows, from row `first` on. Parts come in order; the last one makes it known. */
  hold: {
    input: { key: string; rows: number; dimension: number; first: number; part: Float32Array };
    output: undefined;
    progress: never;
  };
  forget: { input: { key: string }; output: undefined; progress: never };
  neighbours: { input: RankingQuestion; output: Neighbour[]; progress: never };
  similarities: {
    input: { key: string; rows: readonly number[]; metric: Metric };
    output: Float32Array;
    progress: never;
  };
  likeness: {
    input: { key: string; query: Float32Array; metric: Metric };
    output: Float32Array;
    progress: never;
  };
  regions: { input: RegionsQuestion; output: Regions; progress: never };
}
