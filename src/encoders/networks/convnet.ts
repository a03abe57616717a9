import { Arena, instantiate } from "../../core/wasm/instance";
import type { MapSize, Plan, Step } from "./convnet-plan";
import { networkModule } from "./module";

interface Exports {
  pointwise(...numbers: number[]): void;
  depthwise(...numbers: number[]): void;
  expand(...numbers: number[]): void;
  mean(x: number, pixels: number, channels: number, out: number): void;
  sum(a: number, b: number, bytes: number, out: number, low: number, high: number): void;
}

const BYTES = 4;

/**
 * A convolutional network on one thread, in WebAssembly of its own: the kernel `networks` step by step. What
 * onnxruntime-web's kernels lack is a fast depthwise convolution; half of EfficientNet's time is spent there.
 */
export class Convnet {
  readonly #plan: Plan;
  readonly #kernel: Exports;
  readonly #arena: Arena;
  readonly #input: number;
  readonly #squares: number;
  /** Addresses of maps, weights and biases. */
  readonly #maps: ReadonlyMap<string, number>;
  readonly #trained = new Map<Step, { readonly weights: number; readonly bias: number }>();

  private constructor(plan: Plan, kernel: Exports & { readonly memory: WebAssembly.Memory }) {
    const arena = new Arena(kernel.memory);
    this.#plan = plan;
    this.#kernel = kernel;
    this.#arena = arena;
    for (const step of plan.steps) {
      if (!("weights" in step)) continue;
      const place = (numbers: Float32Array) => {
        const at = arena.take(numbers.byteLength);
        arena.floats(at, numbers.length).set(numbers);
        return at;
      };
      this.#trained.set(step, { weights: place(step.weights), bias: place(step.bias) });
    }
    const squares = plan.steps.map((step) =>
      step.kind === "first" ? pixelsOf(step.size) * step.planes * step.window.side ** 2 : 0,
    );
    this.#squares = arena.take(BYTES * Math.max(0, ...squares));
    this.#input = arena.take(BYTES * 3 * plan.size ** 2);
    this.#maps = placeMaps(plan, arena);
  }

  /** Undefined where the browser's WebAssembly has no SIMD. Throws `RangeError` when there is no more memory. */
  static open(plan: Plan): Convnet | undefined {
    const module = networkModule();
    return module === undefined ? undefined : new Convnet(plan, instantiate<Exports>(module));
  }

  /** The wanted vectors of one picture: `3 × size × size` numbers, plane by plane. */
  run(picture: Float32Array): ReadonlyMap<string, Float32Array> {
    const { maps, outputs, steps } = this.#plan;
    this.#arena.floats(this.#input, picture.length).set(picture);
    for (const step of steps) this.#take(step);
    return new Map(
      [...outputs].map(([name, map]) => [
        name,
        this.#arena.floats(this.#at(map), maps.get(map)?.channels ?? 0).slice(),
      ]),
    );
  }

  #take(step: Step): void {
    const { size, low, high } = step;
    const out = this.#at(step.to);
    const { weights = 0, bias = 0 } = this.#trained.get(step) ?? {};
    const pixels = pixelsOf(size);
    if (step.kind === "first") {
      const { side, step: by, top, left } = step.window;
      const side2 = step.planes * side * side;
      const { size: whole } = this.#plan;
      this.#kernel.expand(
        ...[this.#input, whole, whole, step.planes, side, by, top, left],
        ...[this.#squares, size.rows, size.columns, side2],
      );
      this.#kernel.pointwise(this.#squares, pixels, side2, weights, bias, size.channels, out, 0, low, high);
      return;
    }
    const from = this.#at(step.from);
    const before = this.#size(step.from);
    if (step.kind === "pointwise") {
      const added = step.added === undefined ? 0 : this.#at(step.added);
      this.#kernel.pointwise(
        ...[from, pixels, before.channels, weights, bias, size.channels, out, added, low, high],
      );
    } else if (step.kind === "depthwise") {
      const { side, step: by, top, left } = step.window;
      this.#kernel.depthwise(
        ...[from, before.rows, before.columns, before.channels, side, by, top, left],
        ...[weights, bias, out, size.rows, size.columns, low, high],
      );
    } else if (step.kind === "mean") this.#kernel.mean(from, pixelsOf(before), size.channels, out);
    else this.#kernel.sum(from, this.#at(step.other), BYTES * pixels * size.channels, out, low, high);
  }

  #at(map: string): number {
    return this.#maps.get(map) ?? 0;
  }

  #size(map: string): MapSize {
    return this.#plan.maps.get(map) ?? { rows: 0, columns: 0, channels: 0 };
  }
}

/** Gives each map a place; one takes the place of another that nothing reads any more. */
function placeMaps({ steps, outputs }: Plan, arena: Arena): Map<string, number> {
  const lastUse = new Map<string, number>();
  steps.forEach((step, at) => {
    for (const name of mapsRead(step)) lastUse.set(name, at);
  });
  for (const name of outputs.values()) lastUse.set(name, steps.length);
  const places: { readonly at: number; readonly bytes: number; user?: string }[] = [];
  const found = new Map<string, number>();
  steps.forEach(({ to, size }, step) => {
    const bytes = BYTES * pixelsOf(size) * size.channels;
    let place = places
      .filter((one) => one.user === undefined && one.bytes >= bytes)
      .sort((a, b) => a.bytes - b.bytes)[0];
    if (!place) {
      place = { at: arena.take(bytes), bytes };
      places.push(place);
    }
    place.user = to;
    found.set(to, place.at);
    for (const one of places) {
      if (one.user !== undefined && (lastUse.get(one.user) ?? 0) <= step && one.user !== to)
        one.user = undefined;
    }
  });
  return found;
}

function mapsRead(step: Step): string[] {
  if (step.kind === "sum") return [step.from, step.other];
  if (step.kind === "pointwise" && step.added !== undefined) return [step.from, step.added];
  return [step.from];
}

function pixelsOf({ rows, columns }: MapSize): number {
  return rows * columns;
}
