import type { FuzzyGraph } from "./fuzzy-graph";

/** Rows of a block at least: fewer take less time than two threads need to agree on who takes them. */
const LEAST_ROWS = 1250;

/** More blocks would serve more threads than a search for neighbours has. */
const MOST_BLOCKS = 8;

/** Blocks into which so many rows are cut. */
export function blockCount(rows: number): number {
  return Math.min(MOST_BLOCKS, Math.max(1, Math.floor(rows / LEAST_ROWS)));
}

/** Edges that a kernel looks at together. */
const LANES = 4;

/** Edges by the block whose points they move. */
export interface Schedule {
  readonly blocks: readonly Block[];
  /** How many edges there are, those counted that fill up a block. */
  readonly edges: number;
  /**
   * Writes for each edge the row that it moves and the row that it is pulled to, times `unit`, and the rounds between two draws
   * of it, ≥ 1. An edge that fills up a block is never drawn: ∞.
   */
  write(heads: Int32Array, tails: Int32Array, periods: Float32Array, unit: number): void;
}

/** Rows that are moved together, and the edges that move them. */
export interface Block {
  readonly firstRow: number;
  readonly endRow: number;
  /** A multiple of four, as is `endEdge`. */
  readonly firstEdge: number;
  readonly endEdge: number;
}

/**
 * Every edge of a graph that is strong enough to be drawn in so many rounds, once for each of its ends that moves (the first
 * `movable` rows do), by blocks of rows. Within a block come first one edge of every row, then the second ones, and so on: what moves a row
 * is then far from what moved it last. How the rows are cut depends on their number alone.
 */
export function scheduleEdges(
  { heads, tails, weights }: FuzzyGraph,
  epochs: number,
  movable: number,
): Schedule {
  let strongest = 0;
  for (const weight of weights) strongest = Math.max(strongest, weight);
  const least = strongest / epochs;
  const offsets = new Int32Array(movable + 1);
  for (let edge = 0; edge < weights.length; edge++) {
    if (weights[edge] < least) continue;
    if (heads[edge] < movable) offsets[heads[edge] + 1]++;
    if (tails[edge] < movable) offsets[tails[edge] + 1]++;
  }
  for (let row = 0; row < movable; row++) offsets[row + 1] += offsets[row];
  const others = new Int32Array(offsets[movable]);
  const strengths = new Float32Array(offsets[movable]);
  const next = offsets.slice();
  const put = (own: number, other: number, weight: number) => {
    if (own >= movable || weight < least) return;
    others[next[own]] = other;
    strengths[next[own]++] = weight;
  };
  for (let edge = 0; edge < weights.length; edge++) {
    put(heads[edge], tails[edge], weights[edge]);
    put(tails[edge], heads[edge], weights[edge]);
  }

  const cuts = blockCount(movable);
  const blocks: Block[] = [];
  let edges = 0;
  for (let block = 0; block < cuts; block++) {
    const firstRow = Math.floor((block * movable) / cuts);
    const endRow = Math.floor(((block + 1) * movable) / cuts);
    const firstEdge = edges;
    edges += Math.ceil((offsets[endRow] - offsets[firstRow]) / LANES) * LANES;
    blocks.push({ firstRow, endRow, firstEdge, endEdge: edges });
  }
  return {
    blocks,
    edges,
    write(ownAt, otherAt, periods, unit) {
      periods.fill(Number.POSITIVE_INFINITY);
      for (const { firstRow, endRow, firstEdge } of blocks) {
        const waiting = Int32Array.from({ length: endRow - firstRow }, (_, at) => firstRow + at);
        let count = waiting.length;
        let end = firstEdge;
        for (let place = 0; count > 0; place++) {
          let left = 0;
          for (let at = 0; at < count; at++) {
            const row = waiting[at];
            const edge = offsets[row] + place;
            if (edge >= offsets[row + 1]) continue;
            waiting[left++] = row;
            ownAt[end] = row * unit;
            otherAt[end] = others[edge] * unit;
            periods[end++] = strongest / strengths[edge];
          }
          count = left;
        }
      }
    },
  };
}
