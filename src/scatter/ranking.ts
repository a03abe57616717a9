import { hashString } from "./hash";
import { descendingKeys, orderingByKey, spreadOrder } from "./order";

/** Names hashed per step, and places written: about half a millisecond's work. */
const STEP = 1 << 13;
const PLACES = 1 << 16;

/** In which order points come first where not all can: by importance, else in an order that looks random and stays. */
export class Ranking {
  /** Points, the first to come first. */
  readonly order: Uint32Array;
  /** The place of each point in that order. */
  readonly rank: Uint32Array;

  private constructor(order: Uint32Array, rank: Uint32Array) {
    this.order = order;
    this.rank = rank;
  }

  /**
   * Ranks `count` points, in steps of a few milliseconds or less.
   *
   * @param keys the points' names, if they have some: the order of the others stays when points come or go.
   * @param importance larger comes first; without it all are equal.
   */
  static *making(
    count: number,
    keys: readonly string[] | null,
    importance: Float32Array | undefined,
  ): Generator<void, Ranking> {
    let order: Uint32Array;
    if (keys) {
      const hashes = new Uint32Array(count);
      for (let index = 0; index < count; index++) {
        if (index % STEP === 0) yield;
        hashes[index] = hashString(keys[index]);
      }
      order = yield* orderingByKey(hashes, count);
    } else {
      order = yield* spreadOrder(count);
    }
    yield;
    if (importance) order = yield* orderingByKey(descendingKeys(importance, count), count, order);
    const rank = new Uint32Array(count);
    for (let at = 0; at < count; at++) {
      if (at % PLACES === 0) yield;
      rank[order[at]] = at;
    }
    return new Ranking(order, rank);
  }

  /** Bytes held. */
  get bytes(): number {
    return this.order.byteLength + this.rank.byteLength;
  }
}
