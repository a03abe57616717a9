import type { Matrix } from "../matrix";
import type { NearestNeighbours } from "../nearest";
import { type Random, seededRandom } from "../random";
import type { Metric } from "../space";
import type { Step } from "../step";
import { openKernel } from "./fast-nearest";
import { FRESH, type SimilarityKernel } from "./kernel";
import { LONGEST_LIST } from "./memory-plan";
import { forestLeaves } from "./projection-forest";
import { refineCandidates } from "./refine";

/**
 * Fresh and old neighbours of each row, forward and backward, that are introduced to each other in one round: twice this
 * many of either kind fill a list of `LONGEST_LIST`.
 */
const SAMPLED = LONGEST_LIST / 4;

/** Rounds that may be needed; real vectors take 4 to 8. */
const MOST_ROUNDS = 16;

/** A round that changes less than this share of all entries was the last; the value of Dong et al. (2011, §2.5). */
const CONVERGED = 0.001;

/** Trees of the forest that gives every row its first neighbours: six find about half of the true ones. */
const TREES = 6;

/** Rows after which others may have a turn: 64 lists of 64 rows take some 10 ms. */
const BLOCK = 64;

/**
 * Approximate nearest neighbours by NN-descent (Dong, Moses & Li, 2011, "Efficient k-nearest neighbor graph construction for
 * generic similarity measures"): neighbours of neighbours are introduced to each other until hardly anything changes.
 * Starts from a forest of random projections (Dasgupta & Freund, 2008). About O(n^1.1) comparisons; the same seed gives the
 * same graph. Undefined where the browser or the rows don't allow fast comparison.
 */
export async function approximateNeighbours(
  matrix: Matrix,
  k: number,
  metric: Metric,
  seed: number,
  step?: Step,
): Promise<NearestNeighbours | undefined> {
  const kernel = openKernel(matrix, metric, k, "int16");
  if (!kernel) return undefined;
  const random = seededRandom(seed);
  let done = 0;
  for (let tree = 0; tree < TREES; tree++) {
    for (const leaf of forestLeaves(matrix, random)) {
      kernel.compareList(leaf, leaf.length);
      const waiting = ++done % BLOCK === 0 ? step?.((0.3 * tree) / TREES) : undefined;
      if (waiting) await waiting;
    }
  }
  const lists = { fresh: new SampledLists(matrix.rows, random), old: new SampledLists(matrix.rows, random) };
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const share = 0.3 + 0.6 * (1 - 0.6 ** round);
    const changes = await introduce(kernel, lists, step && (() => step(share)));
    if (changes < CONVERGED * kernel.rows * kernel.kept) break;
  }
  const { ids } = kernel.candidates();
  for (let at = 0; at < ids.length; at++) if (ids[at] >= 0) ids[at] &= ~FRESH;
  const rest = step && ((share: number) => step(0.9 + 0.1 * share));
  return refineCandidates(matrix, metric, k, kernel.candidates(), 2 * kernel.keyError, rest);
}

/** One round: every row introduces its neighbours, and those whose neighbour it is, to each other. */
async function introduce(kernel: SimilarityKernel, lists: RoundLists, step?: Step): Promise<number> {
  const { rows } = kernel;
  sampleLists(kernel, lists);
  const list = new Int32Array(LONGEST_LIST);
  const mark = new Int32Array(rows).fill(-1);
  let changes = 0;
  for (let i = 0; i < rows; i++) {
    let length = 0;
    const add = (other: number) => {
      if (mark[other] === i) return;
      mark[other] = i;
      list[length++] = other;
    };
    lists.fresh.each(i, add);
    const fresh = length;
    lists.old.each(i, add);
    if (fresh > 0 && length > 1) changes += kernel.compareList(list.subarray(0, length), fresh);
    const waiting = i % BLOCK === 0 ? step?.(i / rows) : undefined;
    if (waiting) await waiting;
  }
  return changes;
}

/** Draws the neighbours of each row for a round, and takes the mark off the fresh ones that were drawn. */
function sampleLists(kernel: SimilarityKernel, { fresh, old }: RoundLists): void {
  const { rows } = kernel;
  const { kept, ids } = kernel.candidates();
  fresh.clear();
  old.clear();
  for (let i = 0; i < rows; i++) {
    let drawn = 0;
    for (let at = i * kept; at < (i + 1) * kept; at++) {
      const entry = ids[at];
      if (entry < 0) break;
      const other = entry & ~FRESH;
      if ((entry & FRESH) === 0) old.add(i, other);
      // The best come first; those beyond the sample stay fresh for the next round.
      else if (drawn++ < SAMPLED) {
        fresh.add(i, other);
        ids[at] = other;
      }
    }
  }
}

/** The neighbours that are introduced in a round: those that came in since the last one, and the others. */
interface RoundLists {
  readonly fresh: SampledLists;
  readonly old: SampledLists;
}

/** Up to `SAMPLED` forward and `SAMPLED` backward neighbours of each row; of more, a fair sample (Vitter's algorithm R, 1985). */
class SampledLists {
  readonly #forward: Int32Array;
  readonly #backward: Int32Array;
  readonly #forwardSeen: Int32Array;
  readonly #backwardSeen: Int32Array;
  readonly #random: Random;

  constructor(rows: number, random: Random) {
    this.#forward = new Int32Array(rows * SAMPLED);
    this.#backward = new Int32Array(rows * SAMPLED);
    this.#forwardSeen = new Int32Array(rows);
    this.#backwardSeen = new Int32Array(rows);
    this.#random = random;
  }

  clear(): void {
    this.#forwardSeen.fill(0);
    this.#backwardSeen.fill(0);
  }

  add(from: number, to: number): void {
    this.#put(this.#forward, this.#forwardSeen, from, to);
    this.#put(this.#backward, this.#backwardSeen, to, from);
  }

  each(row: number, use: (other: number) => void): void {
    for (const [list, seen] of [
      [this.#forward, this.#forwardSeen],
      [this.#backward, this.#backwardSeen],
    ]) {
      const count = Math.min(SAMPLED, seen[row]);
      for (let at = row * SAMPLED; at < row * SAMPLED + count; at++) use(list[at]);
    }
  }

  #put(list: Int32Array, seen: Int32Array, row: number, other: number): void {
    const count = seen[row]++;
    const place = count < SAMPLED ? count : Math.floor(this.#random() * (count + 1));
    if (place < SAMPLED) list[row * SAMPLED + place] = other;
  }
}
