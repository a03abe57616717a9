import type { NearestNeighbours } from "../nearest";
import type { Metric } from "../space";
import { memberships } from "./memberships";
import { neighbourDistances } from "./neighbour-distances";

/** An undirected weighted graph: edge e joins `heads[e]` and `tails[e]`, heads < tails, each pair at most once. */
export interface FuzzyGraph {
  readonly rows: number;
  readonly heads: Int32Array;
  readonly tails: Int32Array;
  /** In (0, 1]. */
  readonly weights: Float32Array;
}

/**
 * UMAP's fuzzy simplicial set: two rows belong together as strongly as one *or* the other says, a + b − a b (McInnes et
 * al., 2018, §3.1, the probabilistic t-conorm). O(rows · k) time and memory. Edges come in the order of their heads, then
 * of their tails.
 */
export function fuzzyGraph(near: NearestNeighbours, metric: Metric): FuzzyGraph {
  const { rows, k, indices } = near;
  const strengths = memberships(neighbourDistances(near, metric), rows, k);
  const incoming = transpose(indices, strengths, rows, k);
  const heads = new Int32Array(rows * k);
  const tails = new Int32Array(rows * k);
  const weights = new Float32Array(rows * k);
  let count = 0;
  // What this row says of later rows, and which row said so last: marks need no clearing in between.
  const said = new Float32Array(rows);
  const mark = new Int32Array(rows).fill(-1);
  for (let i = 0; i < rows; i++) {
    const first = count;
    const add = (other: number, strength: number) => {
      if (other <= i || strength === 0) return;
      if (mark[other] === i) {
        said[other] += strength - said[other] * strength;
        return;
      }
      mark[other] = i;
      said[other] = strength;
      tails[count++] = other;
    };
    for (let at = i * k; at < (i + 1) * k; at++) add(indices[at], strengths[at]);
    for (let at = incoming.offsets[i]; at < incoming.offsets[i + 1]; at++)
      add(incoming.sources[at], incoming.strengths[at]);
    tails.subarray(first, count).sort();
    for (let edge = first; edge < count; edge++) {
      heads[edge] = i;
      weights[edge] = said[tails[edge]];
    }
  }
  return {
    rows,
    heads: heads.subarray(0, count),
    tails: tails.subarray(0, count),
    weights: weights.subarray(0, count),
  };
}

/** Who has each row among its neighbours, and how strongly: compressed rows, sources in increasing order. */
function transpose(indices: Uint32Array, strengths: Float32Array, rows: number, k: number) {
  const offsets = new Int32Array(rows + 1);
  for (let at = 0; at < indices.length; at++) offsets[indices[at] + 1]++;
  for (let i = 0; i < rows; i++) offsets[i + 1] += offsets[i];
  const next = offsets.slice();
  const sources = new Int32Array(indices.length);
  const turned = new Float32Array(indices.length);
  for (let at = 0; at < indices.length; at++) {
    const to = next[indices[at]]++;
    sources[to] = Math.floor(at / k);
    turned[to] = strengths[at];
  }
  return { offsets, sources, strengths: turned };
}
