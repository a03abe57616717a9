import { NamedError } from "../core/errors";
import {
  completeNeighbours,
  extendNeighbours,
  firstNeighbours,
  type KnownNeighbours,
  keptNeighbours,
} from "../core/knn/extend";
import type { Matrix } from "../core/matrix";
import type { NearestNeighbours } from "../core/nearest";
import type { ProjectionQuality } from "../core/quality";
import type { Metric } from "../core/space";
import type { Step } from "../core/step";
import type { LinearMap } from "./methods/linear-map";
import { type FoundNeighbours, findNeighbours } from "./nearest/find";
import type { ProjectionDevice, ProjectionMethod } from "./types";

/** Neighbours that are looked for at least, because quality will ask for them, and the rows added later. */
const LEAST_NEIGHBOURS = 15;

/** Room beyond the rows that are there, as a share of them: added words come one by one. */
const SPARE = 0.1;

/** The most rows of room: more would be felt in the memory of large maps. */
const MOST_SPARE = 1024;

/** Completing compares rows in plain JavaScript; beyond this share of them a fresh search is faster. */
const WORTH_COMPLETING = 0.1;

const NONE = new Uint32Array(0);

/** Who found neighbours, and why it was not the GPU when it should have been. */
type Search = Omit<FoundNeighbours, "near">;

/** A layout that was finished and measured. */
export interface FinishedLayout {
  readonly positions: Float32Array;
  readonly dimensions: 2 | 3;
  readonly metric: Metric;
  readonly method: ProjectionMethod;
  readonly quality: ProjectionQuality;
}

/**
 * What the projection worker remembers from one job to the next, so that neither vectors are sent nor neighbours computed
 * again: the vectors, the neighbours of each row by metric, and what was made of them last.
 */
export class JobMemory {
  #matrix: Matrix = { data: new Float32Array(0), rows: 0, dimension: 0 };
  /** All rows there is room for; undefined while the rows stand in somebody else's array. */
  #room: Float32Array | undefined;
  readonly #graphs = new Map<Metric, KnownNeighbours>();
  readonly #searches = new Map<Metric, Search>();
  /** Where neighbours are searched for; set by each job. */
  device: ProjectionDevice = "auto";
  /** Who found the neighbours that were asked for last. */
  search: Search | undefined;
  /** The straight map behind the last layout of each set of options, some kilobytes each. */
  readonly linear = new Map<string, LinearMap>();
  /** The last layout that was finished. */
  layout: FinishedLayout | undefined;

  get matrix(): Matrix {
    return this.#matrix;
  }

  /**
   * Takes rows over: the first of a new matrix when `known` is 0, else those that follow the first `known` rows of the one that is
   * remembered; throws `NotReady` when these are not there. `expected` is how many there will be in all. Whatever was computed
   * from other rows is forgotten.
   */
  hold(added: Matrix, known: number, expected: number): void {
    const follows = known === this.#matrix.rows && added.dimension === this.#matrix.dimension;
    if (known > 0 && !follows)
      throw new NamedError("NotReady", `The ${known} vectors before these are not held.`);
    if (known === 0) {
      this.#matrix = expected > added.rows ? { ...added, data: added.data.subarray(0, 0), rows: 0 } : added;
      this.#room = undefined;
      if (expected > added.rows) this.#append(added, expected);
      this.#graphs.clear();
      this.#searches.clear();
      this.linear.clear();
      this.layout = undefined;
    } else if (added.rows > 0) this.#append(added, expected);
  }

  /**
   * Forgets all rows but these (increasing row numbers), and with the others only what must be forgotten: the last layout, and the
   * neighbour lists that named one of them.
   */
  keep(rows: Uint32Array): void {
    const { data, dimension } = this.#matrix;
    rows.forEach((row, to) => {
      data.copyWithin(to * dimension, row * dimension, (row + 1) * dimension);
    });
    this.#matrix = { data: data.subarray(0, rows.length * dimension), rows: rows.length, dimension };
    for (const [metric, graph] of this.#graphs) {
      // Rows that came after the graph was made are not in it.
      const known = rows.filter((row) => row < graph.near.rows);
      this.#graphs.set(metric, keptNeighbours(graph, known));
    }
    this.layout = undefined;
  }

  /** The `k` nearest other rows of every row; remembered, and only completed where rows were added. */
  async nearest(k: number, metric: Metric, seed: number, step: Step): Promise<NearestNeighbours> {
    const wanted = Math.max(0, Math.min(k, this.#matrix.rows - 1));
    const sought = Math.max(wanted, Math.min(LEAST_NEIGHBOURS, this.#matrix.rows - 1));
    const found = await this.#find(sought, metric, seed, step);
    this.#graphs.set(metric, { near: found, incomplete: NONE });
    this.search = this.#searches.get(metric);
    return firstNeighbours(found, wanted);
  }

  /** What is known of the neighbours without any work: of all rows, or of those that were there before some were added. */
  before(metric: Metric): NearestNeighbours | undefined {
    const graph = this.#graphs.get(metric);
    return graph && graph.incomplete.length === 0 ? graph.near : undefined;
  }

  /** Completes what is known by the rows that came and went since; does nothing where nothing is known. */
  async complete(metric: Metric, step: Step): Promise<void> {
    const graph = this.#graphs.get(metric);
    if (graph)
      this.#graphs.set(metric, { near: await this.#completed(graph, metric, step), incomplete: NONE });
  }

  async #completed(graph: KnownNeighbours, metric: Metric, step: Step): Promise<NearestNeighbours> {
    const near = await completeNeighbours(graph, this.#matrix, metric, step);
    return near.rows < this.#matrix.rows ? extendNeighbours(near, this.#matrix, metric, step) : near;
  }

  #append(added: Matrix, expected: number): void {
    const { data, rows, dimension } = this.#matrix;
    const total = rows + added.rows;
    if (!this.#room || this.#room.length < total * dimension) {
      const spare = Math.min(MOST_SPARE, Math.ceil(expected * SPARE));
      this.#room = new Float32Array((Math.max(total, expected) + spare) * dimension);
      this.#room.set(data);
    }
    this.#room.set(added.data, rows * dimension);
    this.#matrix = { data: this.#room.subarray(0, total * dimension), rows: total, dimension };
  }

  async #find(k: number, metric: Metric, seed: number, step: Step): Promise<NearestNeighbours> {
    const graph = this.#graphs.get(metric);
    if (graph && graph.near.k >= k) {
      const { rows } = graph.near;
      const missing = this.#matrix.rows - rows + graph.incomplete.length;
      if (missing <= rows * WORTH_COMPLETING) return this.#completed(graph, metric, step);
    }
    const { near, ...search } = await findNeighbours(this.#matrix, k, metric, seed, step, this.device);
    this.#searches.set(metric, search);
    return near;
  }
}
