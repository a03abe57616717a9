import type { Candidates, SharedRows } from "../../core/knn/kernel";
import type { Matrix } from "../../core/matrix";
import type { Metric } from "../../core/space";

/** What a helper of the projection worker can be asked: a share of the comparison of all rows with all. */
export interface HelperMethods {
  hold: { input: { matrix: Matrix; metric: Metric; k: number }; output: undefined; progress: never };
  /** As `hold`, of rows that lie in shared memory, as the kernel with this number, from 1. */
  share: { input: { rows: SharedRows; place: number }; output: undefined; progress: never };
  /** Compares these stripes, in increasing order over all calls. */
  compare: { input: { stripes: readonly number[] }; output: undefined; progress: never };
  candidates: { input: undefined; output: Candidates; progress: never };
}
