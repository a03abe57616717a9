import type { Random } from "../random";
import { Arena, instantiate } from "../wasm/instance";
import { WASM } from "../wasm/layout";
import type { Curve } from "./curve";
import { forceTables } from "./force-table";
import type { FuzzyGraph } from "./fuzzy-graph";
import { scheduleEdges } from "./schedule";

/**
 * Random points that push a point for each neighbour that pulls it, once a map takes its final shape. The paper leaves the number
 * open, umap-learn takes 5. Eight part what five leave lying on top of each other: measured on WordNet's words and glosses,
 * trustworthiness 0.86 against 0.84 and a fifth more true neighbours kept, and the ten digits no less apart.
 */
export const NEGATIVE_SAMPLES = 8;

/** So many while a fresh map unfolds: where things come to lie is decided by what pulls. More cost time and change nothing. */
const EARLY_SAMPLES = 1;

/** Share of a fresh map's rounds in which it unfolds; with a half or two thirds it ends no better, and later. */
const EARLY_SHARE = 0.75;

/** What an optimisation begins with. */
export interface OptimiserInput {
  readonly graph: FuzzyGraph;
  readonly curve: Curve;
  readonly dimensions: 2 | 3;
  /** `rows × dimensions`, in UMAP's own scale, about 10 across. Copied. */
  readonly start: ArrayLike<number>;
  /** Rounds there will be. */
  readonly epochs: number;
  /** Step length at the beginning; falls to 0 in a straight line. 1 for a fresh layout. */
  readonly learningRate: number;
  /** True for a map that has yet to unfold, false for one that goes on from where it came to rest. */
  readonly isFresh: boolean;
  /** Only the first so many rows move. The default is all. An edge's head must be one of them. */
  readonly movable?: number;
  readonly random: Random;
}

/**
 * How much farther a point goes towards its neighbour than umap-learn lets it go: there an edge moves both its ends, from either
 * end, here each end for itself.
 */
const PULL = 2;

/** Bytes of a block's entry; see `round` in kernels/layout.as. */
const ENTRY = 24;

interface Kernel {
  configure(...settings: number[]): void;
  round2: Round;
  round3: Round;
}

type Round = (
  block: number,
  read: number,
  write: number,
  number: number,
  pullRate: number,
  pushRate: number,
  samples: number,
) => void;

/**
 * UMAP's stochastic gradient descent (McInnes et al., 2018, algorithm 5): in each round an edge pulls its ends together
 * with the frequency of its weight, and for each pull some random points push each end away. Same input, same positions.
 *
 * Rows are moved in blocks, each of which sees the others as they stood when the round began. Runs in WebAssembly, with float32
 * positions.
 */
export class Optimiser {
  readonly #arena: Arena;
  readonly #round: Round;
  /** Addresses of the positions after an even and after an odd number of rounds. */
  readonly #places: readonly [number, number];
  readonly #size: number;
  /** Addresses of the blocks' entries. */
  readonly #blocks: readonly number[];
  readonly #epochs: number;
  readonly #learningRate: number;
  readonly #isFresh: boolean;
  readonly #pull: number;
  #done = 0;

  constructor(input: OptimiserInput) {
    const { graph, curve, dimensions, start, epochs, random } = input;
    const kernel = instantiate<Kernel>(WASM);
    const arena = new Arena(kernel.memory);
    const schedule = scheduleEdges(graph, epochs, input.movable ?? graph.rows);
    const tables = forceTables(curve);
    const edges = schedule.heads.length;
    const stride = 4 * dimensions;
    const [heads, tails, periods, due, queue] = [0, 0, 0, 0, 0].map(() => arena.take(4 * edges));
    const [pull, push] = [tables.pull, tables.push].map(({ byteLength }) => arena.take(byteLength));
    this.#places = [arena.take(4 * start.length), arena.take(4 * start.length)];
    this.#size = start.length;
    this.#blocks = schedule.blocks.map(() => arena.take(ENTRY));

    for (const at of this.#places) arena.floats(at, start.length).set(start);
    arena.floats(pull, tables.pull.length).set(tables.pull);
    arena.floats(push, tables.push.length).set(tables.push);
    for (const [at, rows] of [
      [heads, schedule.heads],
      [tails, schedule.tails],
    ] as const) {
      const bytes = arena.integers(at, edges);
      for (let edge = 0; edge < edges; edge++) bytes[edge] = rows[edge] * stride;
    }
    for (const at of [periods, due]) arena.floats(at, edges).set(schedule.periods);
    schedule.blocks.forEach(({ firstRow, endRow, firstEdge, endEdge }, block) => {
      arena
        .integers(this.#blocks[block], ENTRY / 4)
        .set([4 * firstEdge, 4 * endEdge, firstRow * stride, endRow * stride, random() * 0x7fffffff]);
    });

    kernel.configure(
      ...[heads, tails, periods, due, queue, pull, push],
      ...[tables.base, tables.shift, graph.rows],
    );
    this.#arena = arena;
    this.#round = dimensions === 2 ? kernel.round2 : kernel.round3;
    this.#epochs = epochs;
    this.#learningRate = input.learningRate;
    this.#isFresh = input.isFresh;
    this.#pull = input.movable === undefined ? PULL : 1;
  }

  /** Share of the rounds done, in [0, 1]. */
  get progress(): number {
    return this.#done / this.#epochs;
  }

  /** One round. */
  step(): void {
    const rate = this.#learningRate * (1 - this.progress);
    const samples = this.#isFresh && this.progress < EARLY_SHARE ? EARLY_SAMPLES : NEGATIVE_SAMPLES;
    const [read, write] = this.#done % 2 === 0 ? this.#places : this.#places.toReversed();
    this.#done++;
    for (const block of this.#blocks)
      this.#round(block, read, write, this.#done, this.#pull * rate, rate, samples);
  }

  /** A view of the positions, `rows × dimensions`, as they are until the next step. */
  positions(): Float32Array {
    return this.#arena.floats(this.#places[this.#done % 2], this.#size);
  }
}
