import { NamedError } from "../errors";
import { instantiate } from "../wasm/instance";
import { WASM } from "../wasm/layout";
import { WASM as SHARED } from "../wasm/layout-shared";

/** Bytes of a block's entry; see `round` in kernels/layout.as. */
export const BLOCK_BYTES = 24;

/** Bytes by which threads agree on who does what. */
export const CONTROL_BYTES = 48;

/** Whole numbers at the beginning of these bytes: how many rounds have begun, the block that is taken next, blocks done. */
const [ROUND, NEXT, DONE] = [0, 1, 2];

/** And numbers that hold for all blocks of a round. */
const [READ, WRITE, SAMPLES] = [3, 4, 5];

/** Likewise, float32. */
const [NUMBER, PULL_RATE, PUSH_RATE] = [6, 7, 8];

/** Looks at a number that another thread will change, before this one goes to sleep: some 20 µs, what waking up would take. */
const LOOKS = 2000;

/** Milliseconds without a sign after which a thread is given up. A block takes one at most; the rest is for a busy machine. */
const PATIENCE = 2000;

/** Where a layout lies; can be posted to other threads when the memory is shared. */
export interface RoundMemory {
  readonly memory: WebAssembly.Memory;
  /** Of the kernel. */
  readonly settings: readonly number[];
  /** Addresses of the blocks' entries, and of the control bytes. */
  readonly blocks: readonly number[];
  readonly control: number;
  readonly dimensions: 2 | 3;
}

/** What holds for all blocks of a round. */
export interface RoundSettings {
  /** Addresses of the positions of before and after. */
  readonly read: number;
  readonly write: number;
  /** Random points that push for each pull. */
  readonly samples: number;
  /** The round's number, from 1. */
  readonly number: number;
  readonly pullRate: number;
  readonly pushRate: number;
}

type Round = (block: number, read: number, write: number, ...numbers: number[]) => void;

interface Kernel {
  configure(...settings: number[]): void;
  round2: Round;
  round3: Round;
}

/**
 * The blocks of a layout's rounds, done by one thread or by several that share the memory. Whoever is free takes the next block;
 * what becomes of it does not depend on who takes it, nor on when.
 */
export class Rounds {
  readonly #blocks: readonly number[];
  readonly #round: Round;
  readonly #integers: Int32Array;
  readonly #floats: Float32Array;

  constructor({ memory, settings, blocks, control, dimensions }: RoundMemory) {
    const isShared = !(memory.buffer instanceof ArrayBuffer);
    const kernel = instantiate<Kernel>(isShared ? SHARED : WASM, memory);
    kernel.configure(...settings);
    this.#blocks = blocks;
    this.#round = dimensions === 2 ? kernel.round2 : kernel.round3;
    this.#integers = new Int32Array(memory.buffer, control, CONTROL_BYTES / 4);
    this.#floats = new Float32Array(memory.buffer, control, CONTROL_BYTES / 4);
  }

  /**
   * Does a round, with whoever else takes part. One thread alone may call this. Throws `WorkerCrashed` when another has taken a block and
   * does not come back with it.
   */
  run({ read, write, samples, number, pullRate, pushRate }: RoundSettings): void {
    const integers = this.#integers;
    integers[READ] = read;
    integers[WRITE] = write;
    integers[SAMPLES] = samples;
    this.#floats[NUMBER] = number;
    this.#floats[PULL_RATE] = pullRate;
    this.#floats[PUSH_RATE] = pushRate;
    Atomics.store(integers, DONE, 0);
    // From here on blocks can be taken; whoever takes one sees what was written before.
    Atomics.store(integers, NEXT, 0);
    Atomics.add(integers, ROUND, 1);
    Atomics.notify(integers, ROUND);
    this.takeBlocks();
    for (let done = Atomics.load(integers, DONE); done < this.#blocks.length; ) {
      const next = this.#changed(DONE, done);
      if (next === undefined)
        throw new NamedError("WorkerCrashed", "A thread that helped with the layout does not answer.");
      done = next;
    }
  }

  /** Takes part in all rounds that begin from now on: never returns, the thread is to be ended from outside. */
  help(): never {
    for (let seen = Atomics.load(this.#integers, ROUND); ; ) {
      const next = this.#changed(ROUND, seen);
      if (next === undefined) continue;
      seen = next;
      this.takeBlocks();
    }
  }

  /** Takes blocks of the round that is under way until there are none left. */
  takeBlocks(): void {
    const integers = this.#integers;
    for (;;) {
      const block = Atomics.add(integers, NEXT, 1);
      if (block >= this.#blocks.length) return;
      this.#round(
        ...[this.#blocks[block], integers[READ], integers[WRITE]],
        ...[this.#floats[NUMBER], this.#floats[PULL_RATE], this.#floats[PUSH_RATE], integers[SAMPLES]],
      );
      if (Atomics.add(integers, DONE, 1) + 1 === this.#blocks.length) Atomics.notify(integers, DONE);
    }
  }

  /** What a number has changed to; undefined when it hasn't for a long time. */
  #changed(at: number, from: number): number | undefined {
    for (let look = 0; look < LOOKS; look++) {
      const now = Atomics.load(this.#integers, at);
      if (now !== from) return now;
    }
    if (Atomics.wait(this.#integers, at, from, PATIENCE) === "timed-out") return undefined;
    return Atomics.load(this.#integers, at);
  }
}
