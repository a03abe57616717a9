import type { Random } from "../random";
import { Arena, instantiate } from "../wasm/instance";
import { WASM } from "../wasm/layout";
import type { Curve } from "./curve";
import { forceTables } from "./force-table";
import type { FuzzyGraph } from "./fuzzy-graph";

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

interface Kernel {
  configure(...settings: number[]): void;
  round2(number: number, rate: number, samples: number): void;
  round3(number: number, rate: number, samples: number): void;
}

/**
 * UMAP's stochastic gradient descent (McInnes et al., 2018, algorithm 5): in each round an edge pulls its ends together
 * with the frequency of its weight, and for each pull some random points push each end away. Same input, same positions.
 *
 * Runs in WebAssembly's first version, which every browser has, with float32 positions.
 */
export class Optimiser {
  readonly #kernel: Kernel & { readonly memory: WebAssembly.Memory };
  readonly #round: (number: number, rate: number, samples: number) => void;
  readonly #arena: Arena;
  readonly #at: number;
  readonly #size: number;
  readonly #epochs: number;
  readonly #learningRate: number;
  readonly #isFresh: boolean;
  #done = 0;

  constructor(input: OptimiserInput) {
    const { graph, curve, dimensions, start, epochs, learningRate, isFresh, movable, random } = input;
    const kernel = instantiate<Kernel>(WASM);
    const arena = new Arena(kernel.memory);
    const drawn = drawnEdges(graph, epochs);
    const tables = forceTables(curve);
    const edges = drawn.length;
    const [heads, tails, periods, due] = [0, 0, 0, 0].map(() => arena.take(4 * edges));
    const [pull, push] = [tables.pull, tables.push].map(({ byteLength }) => arena.take(byteLength));
    this.#size = start.length;
    this.#at = arena.take(4 * start.length);

    arena.floats(this.#at, start.length).set(start);
    arena.floats(pull, tables.pull.length).set(tables.pull);
    arena.floats(push, tables.push.length).set(tables.push);
    arena.integers(heads, edges).set(drawn.map((edge) => graph.heads[edge]));
    arena.integers(tails, edges).set(drawn.map((edge) => graph.tails[edge]));
    const strongest = strongestOf(graph.weights);
    const every = arena.floats(periods, edges);
    for (let e = 0; e < edges; e++) every[e] = strongest / graph.weights[drawn[e]];
    arena.floats(due, edges).set(every);

    kernel.configure(
      ...[this.#at, heads, tails, periods, due, pull, push],
      ...[edges, graph.rows, movable ?? graph.rows],
      ...[tables.base, tables.shift, Math.floor(random() * 0x7fffffff)],
    );
    this.#kernel = kernel;
    this.#round = dimensions === 2 ? kernel.round2 : kernel.round3;
    this.#arena = arena;
    this.#epochs = epochs;
    this.#learningRate = learningRate;
    this.#isFresh = isFresh;
  }

  /** Share of the rounds done, in [0, 1]. */
  get progress(): number {
    return this.#done / this.#epochs;
  }

  /** One round. */
  step(): void {
    const rate = this.#learningRate * (1 - this.progress);
    const samples = this.#isFresh && this.progress < EARLY_SHARE ? EARLY_SAMPLES : NEGATIVE_SAMPLES;
    this.#done++;
    this.#round(this.#done, rate, samples);
  }

  /** A view of the positions, `rows × dimensions`, that moves with every step. */
  positions(): Float32Array {
    return this.#arena.floats(this.#at, this.#size);
  }

  /** Bytes that the optimisation holds. */
  get bytes(): number {
    return this.#kernel.memory.buffer.byteLength;
  }
}

function strongestOf(weights: Float32Array): number {
  let strongest = 0;
  for (const weight of weights) strongest = Math.max(strongest, weight);
  return strongest;
}

/** Numbers of the edges that are strong enough to be drawn at least once. */
function drawnEdges({ weights }: FuzzyGraph, epochs: number): Int32Array {
  const least = strongestOf(weights) / epochs;
  const drawn = new Int32Array(weights.length);
  let count = 0;
  for (let edge = 0; edge < weights.length; edge++) if (weights[edge] >= least) drawn[count++] = edge;
  return drawn.subarray(0, count);
}
