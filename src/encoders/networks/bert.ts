import { Arena, instantiate } from "../../core/wasm/instance";
import { type BertPlan, type Matrix, type Norm, type Table, TOKENS_AT_ONCE } from "./bert-plan";
import { networkModule } from "./module";

interface Exports {
  pointwise(...numbers: number[]): void;
  quantised(...numbers: number[]): void;
  gelu(x: number, bytes: number): void;
  layerNorm(x: number, rows: number, width: number, gain: number, bias: number, epsilon: number): void;
  attention(...numbers: number[]): void;
}

const BYTES = 4;

interface PlacedMatrix {
  readonly inputs: number;
  readonly outputs: number;
  readonly weights: number;
  readonly scales: number;
  readonly bias: number;
}

interface PlacedNorm {
  readonly gain: number;
  readonly bias: number;
}

interface PlacedBlock {
  readonly query: PlacedMatrix;
  readonly key: PlacedMatrix;
  readonly value: PlacedMatrix;
  readonly joined: PlacedMatrix;
  readonly attended: PlacedNorm;
  readonly widened: PlacedMatrix;
  readonly narrowed: PlacedMatrix;
  readonly finished: PlacedNorm;
}

/**
 * A BERT on one thread, in WebAssembly of its own: the kernel `networks` step by step. Texts stand one behind the other,
 * so that none is padded, and weights of eight bits stay so.
 */
export class Bert {
  readonly #plan: BertPlan;
  readonly #kernel: Exports;
  readonly #arena: Arena;
  readonly #blocks: readonly PlacedBlock[];
  readonly #embedded: PlacedNorm;
  readonly #scratch: number;
  #room = 0;
  #maps = { hidden: 0, query: 0, key: 0, value: 0, joined: 0, wide: 0, scores: 0 };

  private constructor(plan: BertPlan, kernel: Exports & { readonly memory: WebAssembly.Memory }) {
    const arena = new Arena(kernel.memory);
    const floats = (numbers: Float32Array) => {
      const at = arena.take(numbers.byteLength);
      arena.floats(at, numbers.length).set(numbers);
      return at;
    };
    const matrix = ({ inputs, outputs, weights, scales, bias }: Matrix): PlacedMatrix => ({
      inputs,
      outputs,
      weights: weights instanceof Int8Array ? placeBytes(arena, kernel.memory, weights) : floats(weights),
      scales: scales ? floats(scales) : 0,
      bias: floats(bias),
    });
    const norm = ({ gain, bias }: Norm): PlacedNorm => ({ gain: floats(gain), bias: floats(bias) });
    this.#plan = plan;
    this.#kernel = kernel;
    this.#arena = arena;
    this.#embedded = norm(plan.embedded);
    this.#blocks = plan.blocks.map((block) => ({
      query: matrix(block.query),
      key: matrix(block.key),
      value: matrix(block.value),
      joined: matrix(block.joined),
      attended: norm(block.attended),
      widened: matrix(block.widened),
      narrowed: matrix(block.narrowed),
      finished: norm(block.finished),
    }));
    const most = Math.max(
      ...plan.blocks.map(({ narrowed, query }) => Math.max(narrowed.inputs, query.inputs)),
    );
    this.#scratch = arena.take(BYTES * 8 * most);
    this.#reserve(Math.max(TOKENS_AT_ONCE, plan.longest));
  }

  /** Undefined where the browser's WebAssembly has no SIMD. Throws `RangeError` when there is no more memory. */
  static open(plan: BertPlan): Bert | undefined {
    const module = networkModule();
    return module === undefined ? undefined : new Bert(plan, instantiate<Exports>(module));
  }

  /** The last hidden state of all tokens of some texts, `width` numbers each, text after text. `texts` are their ids. */
  run(texts: readonly (readonly number[])[]): Float32Array<ArrayBuffer> {
    const { width, epsilon } = this.#plan;
    const tokens = texts.reduce((sum, ids) => sum + ids.length, 0);
    this.#reserve(tokens);
    const { hidden, query, key, value, joined, wide } = this.#maps;
    const kernel = this.#kernel;
    this.#embed(texts);
    kernel.layerNorm(hidden, tokens, width, this.#embedded.gain, this.#embedded.bias, epsilon);
    for (const block of this.#blocks) {
      this.#apply(block.query, hidden, tokens, query);
      this.#apply(block.key, hidden, tokens, key);
      this.#apply(block.value, hidden, tokens, value);
      this.#attend(texts);
      this.#apply(block.joined, joined, tokens, hidden, hidden);
      kernel.layerNorm(hidden, tokens, width, block.attended.gain, block.attended.bias, epsilon);
      this.#apply(block.widened, hidden, tokens, wide);
      kernel.gelu(wide, BYTES * tokens * block.widened.outputs);
      this.#apply(block.narrowed, wide, tokens, hidden, hidden);
      kernel.layerNorm(hidden, tokens, width, block.finished.gain, block.finished.bias, epsilon);
    }
    return this.#arena.floats(hidden, tokens * width).slice() as Float32Array<ArrayBuffer>;
  }

  #embed(texts: readonly (readonly number[])[]): void {
    const { width, words, places, kind } = this.#plan;
    const hidden = this.#arena.floats(this.#maps.hidden, this.#room * width);
    let at = 0;
    for (const ids of texts) {
      ids.forEach((id, place) => {
        addRow(hidden, at, words, id, width, kind);
        addRow(hidden, at, places, place, width);
        at += width;
      });
    }
  }

  #attend(texts: readonly (readonly number[])[]): void {
    const { width, headSize, scale } = this.#plan;
    const { query, key, value, joined, scores } = this.#maps;
    let from = 0;
    for (const { length } of texts) {
      this.#kernel.attention(
        ...[query + from, key + from, value + from, length, width, headSize, scale, scores, joined + from],
      );
      from += BYTES * length * width;
    }
  }

  #apply(matrix: PlacedMatrix, from: number, tokens: number, to: number, added = 0): void {
    const { inputs, outputs, weights, scales, bias } = matrix;
    if (scales === 0) {
      this.#kernel.pointwise(
        ...[from, tokens, inputs, weights, bias, outputs, to, added, -Infinity, Infinity],
      );
    } else {
      this.#kernel.quantised(
        ...[from, tokens, inputs, weights, scales, bias, outputs, to, added, this.#scratch],
      );
    }
  }

  /** Makes room for so many tokens; what was there before is left behind, so it should seldom have to grow. */
  #reserve(tokens: number): void {
    if (tokens <= this.#room) return;
    const { width, blocks } = this.#plan;
    const map = () => this.#arena.take(BYTES * tokens * width);
    const widest = Math.max(...blocks.map(({ widened }) => widened.outputs));
    this.#maps = {
      hidden: map(),
      query: map(),
      key: map(),
      value: map(),
      joined: map(),
      wide: this.#arena.take(BYTES * tokens * widest),
      scores: this.#arena.take(BYTES * (tokens + 4)),
    };
    this.#room = tokens;
  }
}

function placeBytes(arena: Arena, memory: WebAssembly.Memory, bytes: Int8Array): number {
  const at = arena.take(bytes.length);
  new Int8Array(memory.buffer, at, bytes.length).set(bytes);
  return at;
}

/** Adds a table's row to the numbers at `at`; with `base`, takes their place. */
function addRow(
  out: Float32Array,
  at: number,
  table: Table,
  row: number,
  width: number,
  base?: Float32Array,
): void {
  const { numbers, scales } = table;
  const scale = scales ? scales[row] : 1;
  const from = row * width;
  for (let i = 0; i < width; i++) out[at + i] = (base ? base[i] : out[at + i]) + numbers[from + i] * scale;
}
