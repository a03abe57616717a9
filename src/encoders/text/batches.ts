/** What a device wants of batches. */
export interface BatchLimits {
  /** Most tokens a batch may have, padding included; a longer text gets a batch of its own. */
  readonly tokens: number;
  /** What starting one more batch costs, in tokens: a text joins a batch when that wastes fewer tokens on padding. */
  readonly overhead: number;
  /**
   * Lengths are padded to powers of two, and batches have powers of two rows, so that few shapes exist: a GPU compiles
   * its programs for each.
   */
  readonly fewShapes: boolean;
}

/** Texts that are encoded in one run. */
export interface Batch {
  /** Places in the list of lengths that was handed in. */
  readonly indices: readonly number[];
  /** Tokens per row, padding included. */
  readonly length: number;
}

/** With `fewShapes`, nothing is padded to less than this: shorter shapes would not run faster. */
const SHORTEST_PADDED = 8;

/**
 * WASM: half a second of work at most on a slow machine, so that results stream and a cancel is obeyed soon; more rows
 * than this gained nothing (32 × 8 tokens ran at the same speed per token as 16 × 64).
 */
export const WASM_LIMITS: BatchLimits = { tokens: 512, overhead: 4, fewShapes: false };

/** WebGPU: large batches fill the GPU; a dispatch costs as much as some hundred tokens. */
export const WEBGPU_LIMITS: BatchLimits = { tokens: 4096, overhead: 256, fewShapes: true };

/**
 * Sorts texts by length and cuts them into batches, short ones first. Every index appears in exactly one batch.
 * `lengths` are tokens per text, at least 1.
 */
export function planBatches(lengths: readonly number[], limits: BatchLimits): Batch[] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[a] - lengths[b] || a - b);
  const padded = (index: number) => (limits.fewShapes ? powerOfTwoFrom(lengths[index]) : lengths[index]);
  const batches: Batch[] = [];
  let indices: number[] = [];
  let length = 0;

  const finish = () => {
    if (indices.length > 0) batches.push(...inShapes(indices, length, limits));
    indices = [];
  };
  for (const index of order) {
    const longer = padded(index);
    const tooMany = (indices.length + 1) * longer > limits.tokens;
    const tooLong = indices.length * (longer - length) > limits.overhead;
    if (tooMany || tooLong) finish();
    indices.push(index);
    length = longer;
  }
  finish();
  return batches;
}

/**
 * Sorts texts by length and cuts them into groups of at most so many tokens, short ones first; a longer text gets a group
 * of its own. Every index appears in exactly one group.
 */
export function planGroups(lengths: readonly number[], most: number): (readonly number[])[] {
  const order = lengths.map((_, index) => index).sort((a, b) => lengths[a] - lengths[b] || a - b);
  const groups: number[][] = [];
  let tokens = Infinity;
  for (const index of order) {
    tokens += lengths[index];
    if (tokens > most) {
      groups.push([]);
      tokens = lengths[index];
    }
    groups[groups.length - 1].push(index);
  }
  return groups;
}

function inShapes(indices: readonly number[], length: number, limits: BatchLimits): Batch[] {
  if (!limits.fewShapes) return [{ indices, length }];
  const batches: Batch[] = [];
  for (let start = 0; start < indices.length; ) {
    const rows = 2 ** Math.floor(Math.log2(indices.length - start));
    batches.push({ indices: indices.slice(start, start + rows), length });
    start += rows;
  }
  return batches;
}

function powerOfTwoFrom(length: number): number {
  return Math.max(SHORTEST_PADDED, 2 ** Math.ceil(Math.log2(length)));
}
