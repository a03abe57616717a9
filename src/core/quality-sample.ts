import { ReferenceRows } from "./knn/reference";
import { MapTree } from "./map-neighbours";
import type { Matrix } from "./matrix";
import type { NearestNeighbours } from "./nearest";
import type { ProjectionQuality } from "./quality";
import { CONFIDENCE, groupMean, type MeasuredRows, rankEstimates } from "./quality-estimate";
import { sampleWithoutReplacement, seededRandom } from "./random";
import type { Metric } from "./space";
import type { Step } from "./step";

/**
 * Rows drawn at random whose place is measured. Trust lies in [0, 1], so that its mean is known to within 1 / √1024 = 0.031 with
 * 95 % probability at worst, and on maps worth looking at, where it differs by 0.15 from row to row, to within 0.01: the second
 * decimal that the page shows. Comparing so many with a million takes seconds, and halving the error would take four times as long.
 */
export const SAMPLED_ROWS = 1024;

/** A row that was not drawn has the mean trust of so many drawn ones nearest to it on the map: one alone would be noise. */
const AVERAGED = 5;

/** Share of the work that is the search for the drawn rows' neighbours in the space. */
const SEARCH_SHARE = 0.7;

/** Rows whose places are averaged between two looks at the clock. */
const BETWEEN_STEPS = 4096;

/**
 * As `estimateQuality`, of so many rows that only `count` of them are measured, drawn at random: O(1024 n d), and no neighbours of
 * the others are needed. What is known of the map as a whole is an estimate, whose error says how far the drawn rows differ
 * among each other. `trust` is a row's own where it was drawn, else that of its surroundings on the map: the mean of the five drawn
 * rows nearest to it there; `trustError` says how far those are off where the truth is known.
 *
 * `near` are neighbours of all rows, where they are known already. `k` must be less than half the rows. The default of `count` is 1,024.
 */
export async function sampleQuality(
  matrix: Matrix,
  positions: Float32Array,
  dimensions: 2 | 3,
  metric: Metric,
  near: NearestNeighbours | undefined,
  k: number,
  step?: Step,
  count = SAMPLED_ROWS,
): Promise<ProjectionQuality> {
  const drawn = sampleWithoutReplacement(matrix.rows, count, seededRandom(2));
  const map = new MapTree(positions, dimensions, k);
  const onMap = lists(drawn, k, (row) => map.nearest(row));
  const inSpace = near
    ? lists(drawn, k, (row) => near.indices.subarray(row * near.k, row * near.k + k))
    : await neighboursAmongAll(matrix, metric, drawn, k, (share) => step?.(SEARCH_SHARE * share));
  const measured: MeasuredRows = { rows: drawn, near: inSpace, onMap };
  const rest = (share: number) => step?.(SEARCH_SHARE + (1 - SEARCH_SHARE) * share);
  const found = await rankEstimates(matrix, { positions, dimensions }, metric, measured, k, (share) =>
    rest(share / 2),
  );
  const spread = await spreadTrust(positions, dimensions, drawn, found.trust, (share) =>
    rest((1 + share) / 2),
  );
  const [trustworthiness, continuity] = [groupMean(found.intruders), groupMean(found.missing)];
  // Two things are drawn, the rows that are measured and those that their ranks are estimated by.
  const deviation = (ofRanks: number, ofRows: Float32Array) =>
    Math.hypot(ofRanks, Math.sqrt(variance(ofRows) / drawn.length));
  return {
    trustworthiness: trustworthiness.mean,
    continuity: continuity.mean,
    preservation: found.shared / (drawn.length * k),
    neighbours: k,
    error:
      CONFIDENCE *
      Math.max(
        deviation(trustworthiness.deviation, found.trust),
        deviation(continuity.deviation, found.continuity),
      ),
    ...spread,
    measured: drawn.length,
  };
}

function lists(rows: Uint32Array, k: number, of: (row: number) => Uint32Array) {
  const indices = new Uint32Array(rows.length * k);
  rows.forEach((row, place) => {
    indices.set(of(row), place * k);
  });
  return { k, indices };
}

/** The `k` nearest other rows of some rows, by comparing each with all, in float32. */
async function neighboursAmongAll(matrix: Matrix, metric: Metric, of: Uint32Array, k: number, step: Step) {
  const rows = new ReferenceRows(matrix, metric, of);
  const indices = new Uint32Array(of.length * k);
  const best = new Float32Array(of.length * k).fill(Number.NEGATIVE_INFINITY);
  const thresholds = new Float32Array(of.length).fill(Number.NEGATIVE_INFINITY);
  for (let j = 0; j < matrix.rows; j++) {
    const keys = rows.keys(j);
    const penalty = rows.penalty(j);
    for (let place = 0; place < of.length; place++) {
      const key = keys[place] - penalty;
      if (key <= thresholds[place] || of[place] === j) continue;
      let at = place * k + k - 1;
      while (at > place * k && best[at - 1] < key) {
        best[at] = best[at - 1];
        indices[at] = indices[--at];
      }
      best[at] = key;
      indices[at] = j;
      thresholds[place] = best[place * k + k - 1];
    }
    const waiting = j % 64 === 0 ? step(j / matrix.rows) : undefined;
    if (waiting) await waiting;
  }
  return { k, indices };
}

/** Every row's trust from that of the drawn ones, and how far such a mean is off, by the drawn rows, whose truth is known. */
async function spreadTrust(
  positions: Float32Array,
  dimensions: 2 | 3,
  drawn: Uint32Array,
  known: Float32Array,
  step: Step,
): Promise<Pick<ProjectionQuality, "trust" | "trustError">> {
  const rows = positions.length / dimensions;
  const trust = new Float32Array(rows);
  drawn.forEach((row, place) => {
    trust[row] = known[place];
  });
  const isDrawn = new Uint8Array(rows);
  for (const row of drawn) isDrawn[row] = 1;
  const around = Math.min(AVERAGED, drawn.length - 1);
  const tree = new MapTree(positions, dimensions, around, drawn);
  const mean = (row: number) => {
    let sum = 0;
    for (const other of tree.nearest(row)) sum += trust[other];
    return sum / around;
  };
  let squares = 0;
  for (const row of drawn) squares += (mean(row) - trust[row]) ** 2;
  for (let row = 0; row < rows; row++) {
    if (!isDrawn[row]) trust[row] = mean(row);
    const waiting = row % BETWEEN_STEPS === 0 ? step(row / rows) : undefined;
    if (waiting) await waiting;
  }
  return { trust, trustError: CONFIDENCE * Math.sqrt(squares / drawn.length) };
}

function variance(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
