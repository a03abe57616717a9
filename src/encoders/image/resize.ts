import type { Resample } from "../card";

/** Pixels row by row: red, green, blue and a fourth byte that is not looked at, as canvases give them. */
export interface Pixels {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** A resized picture row by row: red, green and blue, three bytes a pixel. */
export interface RgbPixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Fixed-point bits of the weights: 255 × 2²² × 1.3 (what the weights' sizes sum up to at most) fits into 32 bits. */
const BITS = 22;
const HALF = 1 << (BITS - 1);

/** A filter: the weight of a source pixel by its distance, and how far it reaches to either side. */
interface Filter {
  readonly support: number;
  weight(distance: number): number;
}

/** Pillow's filters (`Resample.c`), for distances of 0 and more; all are even but the box, which has its left edge. */
const FILTERS: Readonly<Record<Exclude<Resample, "nearest">, Filter>> = {
  box: { support: 0.5, weight: (x) => (x > -0.5 && x <= 0.5 ? 1 : 0) },
  bilinear: { support: 1, weight: (x) => Math.max(0, 1 - Math.abs(x)) },
  hamming: {
    support: 1,
    weight(x) {
      const at = Math.abs(x);
      if (at === 0) return 1;
      return at >= 1 ? 0 : sinc(at) * (0.54 + 0.46 * Math.cos(Math.PI * at));
    },
  },
  // Keys (1981) with a = −1/2.
  bicubic: { support: 2, weight: keys },
  lanczos: { support: 3, weight: (x) => (x >= -3 && x < 3 ? sinc(x) * sinc(x / 3) : 0) },
};

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Which part of a picture is resized, and which part of the result is wanted. */
export interface ResizeOptions {
  /**
   * How much of the source counts, in source pixels, when its last column or row stands for less than a whole one. The
   * default is all of it.
   */
  readonly extent?: { readonly width: number; readonly height: number };
  /** The part of the result that is wanted, in its pixels. The default is all of it. */
  readonly window?: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
}

/**
 * Resizes to `width × height` pixels, of which the window is given back, as Pillow does, to the byte: the filter widens with the reduction, columns come first, then
 * rows, rounded to bytes after each (Pillow, `Resample.c`; where rows first would be much cheaper, newer versions swap
 * the two, which changes roundings only). A side that keeps its length is left alone, as there.
 */
export function resize(
  source: Pixels,
  width: number,
  height: number,
  resample: Resample,
  options: ResizeOptions = {},
): RgbPixels {
  const { extent = source, window = { left: 0, top: 0, width, height } } = options;
  const across = weights(source.width, extent.width / width, window.left, window.width, resample);
  const down = weights(source.height, extent.height / height, window.top, window.height, resample);
  const narrowed = resizeColumns(source, across, window.width);
  const data = resizeRows(narrowed, 3 * window.width, down, window.height);
  return { data, width: window.width, height: window.height };
}

/** For each place of the result: where its source pixels start, how many they are, and their weights. */
interface Weights {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly values: Int32Array;
  /** `values` has this many entries for each place. */
  readonly stride: number;
}

/** Weights for `size` places of the result from `first` on; `scale` is source pixels per place. */
function weights(length: number, scale: number, first: number, size: number, resample: Resample): Weights {
  if (resample === "nearest") return nearest(length, scale, first, size);
  const { support: reach, weight } = FILTERS[resample];
  const widening = Math.max(scale, 1);
  const support = reach * widening;
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(size);
  const counts = new Int32Array(size);
  const values = new Int32Array(size * stride);
  const exact = new Float64Array(stride);
  for (let place = 0; place < size; place++) {
    const centre = (first + place + 0.5) * scale;
    const start = Math.max(0, Math.trunc(centre - support + 0.5));
    const end = Math.min(length, Math.trunc(centre + support + 0.5));
    let sum = 0;
    for (let i = start; i < end; i++) sum += exact[i - start] = weight((i - centre + 0.5) / widening);
    for (let i = 0; i < end - start; i++) {
      const scaled = (exact[i] / sum) * 2 ** BITS;
      values[place * stride + i] = Math.trunc(scaled + (scaled < 0 ? -0.5 : 0.5));
    }
    starts[place] = start;
    counts[place] = end - start;
  }
  return { starts, counts, values, stride };
}

/** The pixel in which the place's middle lies, by steps that add up, with their roundings (Pillow, `Geometry.c`). */
function nearest(length: number, scale: number, first: number, size: number): Weights {
  const starts = new Int32Array(size);
  let middle = scale * 0.5;
  for (let place = 0; place < first + size; place++, middle += scale) {
    if (place >= first) starts[place - first] = Math.min(length - 1, Math.trunc(middle));
  }
  return {
    starts,
    counts: new Int32Array(size).fill(1),
    values: new Int32Array(size).fill(2 ** BITS),
    stride: 1,
  };
}

function keys(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  if (x < 2) return ((-0.5 * x + 2.5) * x - 4) * x + 2;
  return 0;
}

function resizeColumns({ data, width, height }: Pixels, columns: Weights, size: number): Uint8ClampedArray {
  const { starts, counts, values, stride } = columns;
  // One read a pixel instead of three; the bytes stand in this order on every machine that browsers run on.
  const pixels = new Int32Array(data.buffer, data.byteOffset, width * height);
  const result = new Uint8ClampedArray(3 * size * height);
  let target = 0;
  for (let y = 0; y < height; y++) {
    for (let place = 0; place < size; place++) {
      let from = y * width + starts[place];
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      const first = place * stride;
      const end = first + counts[place];
      for (let i = first; i < end; i++) {
        const pixel = pixels[from++];
        const weight = values[i];
        red += Math.imul(pixel & 255, weight);
        green += Math.imul((pixel >>> 8) & 255, weight);
        blue += Math.imul((pixel >>> 16) & 255, weight);
      }
      result[target++] = red >> BITS;
      result[target++] = green >> BITS;
      result[target++] = blue >> BITS;
    }
  }
  return result;
}

function resizeRows(
  data: Uint8ClampedArray,
  rowBytes: number,
  rows: Weights,
  size: number,
): Uint8ClampedArray {
  const { starts, counts, values, stride } = rows;
  const result = new Uint8ClampedArray(rowBytes * size);
  const sums = new Int32Array(rowBytes);
  for (let place = 0; place < size; place++) {
    sums.fill(HALF);
    for (let i = 0; i < counts[place]; i++) {
      const weight = values[place * stride + i];
      const from = (starts[place] + i) * rowBytes;
      for (let byte = 0; byte < rowBytes; byte++) sums[byte] += Math.imul(data[from + byte], weight);
    }
    const to = place * rowBytes;
    for (let byte = 0; byte < rowBytes; byte++) result[to + byte] = sums[byte] >> BITS;
  }
  return result;
}
