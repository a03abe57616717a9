import type { Random } from "../random";
import { Arena, sharedMemory } from "../wasm/instance";
import type { Curve } from "./curve";
import { forceTables } from "./force-table";
import type { FuzzyGraph } from "./fuzzy-graph";
import { BLOCK_BYTES, CONTROL_BYTES, type RoundMemory, Rounds } from "./rounds";
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

/** What blocks, control and rounding up take. */
const OTHER_BYTES = 2048;

/**
 * UMAP's stochastic gradient descent (McInnes et al., 2018, algorithm 5): in each round an edge pulls its ends together
 * with the frequency of its weight, and for each pull some random points push each end away. Same input, same positions.
 *
 * Rows are moved in blocks, each of which sees the others as they stood when the round began. Runs in WebAssembly, with float32
 * positions.
 */
export class Optimiser {
  /** What other threads need to work on the same layout; undefined where the memory is not shared. */
  readonly shared: RoundMemory | undefined;
  readonly #arena: Arena;
  readonly #rounds: Rounds;
  /** Addresses of the positions after an even and after an odd number of rounds. */
  readonly #places: readonly [number, number];
  readonly #size: number;
  readonly #epochs: number;
  readonly #learningRate: number;
  readonly #isFresh: boolean;
  readonly #pull: number;
  #done = 0;

  /** `isShared` puts everything into memory that threads share, which only pages have that are cross-origin isolated. */
  constructor(input: OptimiserInput, isShared = false) {
    const { graph, curve, dimensions, start, epochs, random } = input;
    const schedule = scheduleEdges(graph, epochs, input.movable ?? graph.rows);
    const tables = forceTables(curve);
    const { edges } = schedule;
    const bytes = 20 * edges + 2 * tables.pull.byteLength + 8 * start.length + OTHER_BYTES;
    const memory = isShared ? sharedMemory(bytes) : new WebAssembly.Memory({ initial: 1 });
    const arena = new Arena(memory);
    const stride = 4 * dimensions;
    const [heads, tails, periods, due, queue] = [0, 0, 0, 0, 0].map(() => arena.take(4 * edges));
    const [pull, push] = [tables.pull, tables.push].map(({ byteLength }) => arena.take(byteLength));
    this.#places = [arena.take(4 * start.length), arena.take(4 * start.length)];
    this.#size = start.length;
    const blocks = schedule.blocks.map(() => arena.take(BLOCK_BYTES));
    const control = arena.take(CONTROL_BYTES);

    for (const at of this.#places) arena.floats(at, start.length).set(start);
    arena.floats(pull, tables.pull.length).set(tables.pull);
    arena.floats(push, tables.push.length).set(tables.push);
    const every = arena.floats(periods, edges);
    schedule.write(arena.integers(heads, edges), arena.integers(tails, edges), every, stride);
    arena.floats(due, edges).set(every);
    schedule.blocks.forEach(({ firstRow, endRow, firstEdge, endEdge }, block) => {
      arena
        .integers(blocks[block], BLOCK_BYTES / 4)
        .set([4 * firstEdge, 4 * endEdge, firstRow * stride, endRow * stride, random() * 0x7fffffff]);
    });

    const settings = [heads, tails, periods, due, queue, pull, push, tables.base, tables.shift, graph.rows];
    const rounds = { memory, settings, blocks, control, dimensions };
    this.shared = isShared ? rounds : undefined;
    this.#rounds = new Rounds(rounds);
    this.#arena = arena;
    this.#epochs = epochs;
    this.#learningRate = input.learningRate;
    this.#isFresh = input.isFresh;
    this.#pull = input.movable === undefined ? PULL : 1;
  }

  /** Share of the rounds done, in [0, 1]. */
  get progress(): number {
    return this.#done / this.#epochs;
  }

  /** One round. Throws `WorkerCrashed` when another thread has taken a share of it and does not come back. */
  step(): void {
    const rate = this.#learningRate * (1 - this.progress);
    const samples = this.#isFresh && this.progress < EARLY_SHARE ? EARLY_SAMPLES : NEGATIVE_SAMPLES;
    const [read, write] = this.#done % 2 === 0 ? this.#places : this.#places.toReversed();
    this.#done++;
    this.#rounds.run({
      read,
      write,
      samples,
      number: this.#done,
      pullRate: this.#pull * rate,
      pushRate: rate,
    });
  }

  /** A view of the positions, `rows × dimensions`, as they are until the next step. */
  positions(): Float32Array {
    return this.#arena.floats(this.#places[this.#done % 2], this.#size);
  }
}
