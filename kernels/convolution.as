/**
 * The layers of a convolutional network, four lanes at a time. AssemblyScript; `node kernels/build.mjs` compiles it.
 *
 * Maps lie pixel by pixel, each pixel's channels side by side (NHWC), as float32. The host lays the memory out: all
 * addresses are multiples of 16, all counts of channels multiples of 4. Every layer ends in a clamp to [low, high], which
 * is how ReLU and ReLU6 are said.
 */

/** Bytes of a map that stay in the second-level cache beside the weights, while all of a layer's weights pass by. */
const BLOCK_BYTES = 131072;

/** In the relaxed variant one instruction where the processor has it: nearly twice as fast, and the last digit may differ. */
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/** Clamps to [low, high], adds what is there already when asked to (after the clamp), and stores. */
@inline
function finish(out: usize, sum: v128, low: v128, high: v128, add: usize): void {
  let value = f32x4.pmin(high, f32x4.pmax(low, sum));
  if (add) value = f32x4.add(value, v128.load(add));
  v128.store(out, value);
}

/**
 * A matrix on every pixel (1 × 1 convolution): out[p][o] = clamp(bias[o] + Σᵢ x[p][i] · w[i][o]) + added[p][o], where
 * `added` may be 0 for nothing. The weights lie in panels of eight outputs: w[o / 8][i][o % 8]; `outputs` is a multiple
 * of 8.
 */
export function pointwise(
  x: usize,
  pixels: i32,
  inputs: i32,
  weights: usize,
  bias: usize,
  outputs: i32,
  out: usize,
  added: usize,
  low: f32,
  high: f32,
): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const row = <usize>inputs << 2;
  const outRow = <usize>outputs << 2;
  const block = max(4, (BLOCK_BYTES / <i32>row) & ~3);
  for (let first = 0; first < pixels; first += block) {
    const last = min(pixels, first + block);
    for (let o = 0; o < outputs; o += 8) {
      const panel = weights + <usize>o * row;
      const b0 = v128.load(bias + (<usize>o << 2));
      const b1 = v128.load(bias + (<usize>o << 2), 16);
      let p = first;
      for (; p + 4 <= last; p += 4) {
        let a = x + <usize>p * row;
        const end = a + row;
        let w = panel;
        let s00 = b0;
        let s01 = b1;
        let s10 = b0;
        let s11 = b1;
        let s20 = b0;
        let s21 = b1;
        let s30 = b0;
        let s31 = b1;
        while (a < end) {
          const w0 = v128.load(w);
          const w1 = v128.load(w, 16);
          let v = v128.load32_splat(a);
          s00 = madd(s00, v, w0);
          s01 = madd(s01, v, w1);
          v = v128.load32_splat(a + row);
          s10 = madd(s10, v, w0);
          s11 = madd(s11, v, w1);
          v = v128.load32_splat(a + 2 * row);
          s20 = madd(s20, v, w0);
          s21 = madd(s21, v, w1);
          v = v128.load32_splat(a + 3 * row);
          s30 = madd(s30, v, w0);
          s31 = madd(s31, v, w1);
          a += 4;
          w += 32;
        }
        const at = <usize>p * outRow + (<usize>o << 2);
        const to = out + at;
        const add = added ? added + at : 0;
        const add1 = added ? add + outRow : 0;
        const add2 = added ? add + 2 * outRow : 0;
        const add3 = added ? add + 3 * outRow : 0;
        finish(to, s00, l, h, add);
        finish(to + 16, s01, l, h, added ? add + 16 : 0);
        finish(to + outRow, s10, l, h, add1);
        finish(to + outRow + 16, s11, l, h, added ? add1 + 16 : 0);
        finish(to + 2 * outRow, s20, l, h, add2);
        finish(to + 2 * outRow + 16, s21, l, h, added ? add2 + 16 : 0);
        finish(to + 3 * outRow, s30, l, h, add3);
        finish(to + 3 * outRow + 16, s31, l, h, added ? add3 + 16 : 0);
      }
      for (; p < last; p++) {
        let a = x + <usize>p * row;
        const end = a + row;
        let w = panel;
        let s0 = b0;
        let s1 = b1;
        while (a < end) {
          const v = v128.load32_splat(a);
          s0 = madd(s0, v, v128.load(w));
          s1 = madd(s1, v, v128.load(w, 16));
          a += 4;
          w += 32;
        }
        const at = <usize>p * outRow + (<usize>o << 2);
        finish(out + at, s0, l, h, added ? added + at : 0);
        finish(out + at + 16, s1, l, h, added ? added + at + 16 : 0);
      }
    }
  }
}

/**
 * A filter of its own for every channel (depthwise convolution), zeros around the map. Weights: [side × side][channels].
 * Channels are taken by sixteen, so that four sums are under way at once and their weights stay in the first-level cache.
 */
export function depthwise(
  x: usize,
  rows: i32,
  columns: i32,
  channels: i32,
  side: i32,
  step: i32,
  top: i32,
  left: i32,
  weights: usize,
  bias: usize,
  out: usize,
  outRows: i32,
  outColumns: i32,
  low: f32,
  high: f32,
): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  const pixel = <usize>channels << 2;
  let c = 0;
  for (; c + 16 <= channels; c += 16) {
    const at = <usize>c << 2;
    const b0 = v128.load(bias + at);
    const b1 = v128.load(bias + at, 16);
    const b2 = v128.load(bias + at, 32);
    const b3 = v128.load(bias + at, 48);
    let to = out + at;
    for (let oy = 0; oy < outRows; oy++) {
      const y = oy * step - top;
      const fromY = max(0, -y);
      const toY = min(side, rows - y);
      for (let ox = 0; ox < outColumns; ox++) {
        const left0 = ox * step - left;
        const fromX = max(0, -left0);
        const toX = min(side, columns - left0);
        let s0 = b0;
        let s1 = b1;
        let s2 = b2;
        let s3 = b3;
        for (let ky = fromY; ky < toY; ky++) {
          let a = x + <usize>((y + ky) * columns + left0 + fromX) * pixel + at;
          let w = weights + <usize>(ky * side + fromX) * pixel + at;
          const end = w + <usize>(toX - fromX) * pixel;
          while (w < end) {
            s0 = madd(s0, v128.load(a), v128.load(w));
            s1 = madd(s1, v128.load(a, 16), v128.load(w, 16));
            s2 = madd(s2, v128.load(a, 32), v128.load(w, 32));
            s3 = madd(s3, v128.load(a, 48), v128.load(w, 48));
            a += pixel;
            w += pixel;
          }
        }
        finish(to, s0, l, h, 0);
        finish(to + 16, s1, l, h, 0);
        finish(to + 32, s2, l, h, 0);
        finish(to + 48, s3, l, h, 0);
        to += pixel;
      }
    }
  }
  for (; c < channels; c += 4) {
    const at = <usize>c << 2;
    let to = out + at;
    for (let oy = 0; oy < outRows; oy++) {
      const y = oy * step - top;
      for (let ox = 0; ox < outColumns; ox++) {
        const left0 = ox * step - left;
        let sum = v128.load(bias + at);
        for (let ky = max(0, -y); ky < min(side, rows - y); ky++) {
          for (let kx = max(0, -left0); kx < min(side, columns - left0); kx++) {
            const a = x + <usize>((y + ky) * columns + left0 + kx) * pixel + at;
            sum = madd(sum, v128.load(a), v128.load(weights + <usize>(ky * side + kx) * pixel + at));
          }
        }
        finish(to, sum, l, h, 0);
        to += pixel;
      }
    }
  }
}

/**
 * Lays the squares that a filter sees of a picture in three planes side by side, so that `pointwise` can do the rest:
 * out[oy][ox] = for each plane, row and column of the square one number, 0 outside; `width` numbers apart.
 */
export function expand(
  planes: usize,
  rows: i32,
  columns: i32,
  count: i32,
  side: i32,
  step: i32,
  top: i32,
  left: i32,
  out: usize,
  outRows: i32,
  outColumns: i32,
  width: i32,
): void {
  for (let oy = 0; oy < outRows; oy++) {
    for (let ox = 0; ox < outColumns; ox++) {
      let to = out + (<usize>(oy * outColumns + ox) * <usize>width << 2);
      for (let plane = 0; plane < count; plane++) {
        for (let ky = 0; ky < side; ky++) {
          const y = oy * step - top + ky;
          const row = planes + (<usize>((plane * rows + y) * columns) << 2);
          for (let kx = 0; kx < side; kx++) {
            const x = ox * step - left + kx;
            const inside = y >= 0 && y < rows && x >= 0 && x < columns;
            store<f32>(to, inside ? load<f32>(row + (<usize>x << 2)) : 0);
            to += 4;
          }
        }
      }
    }
  }
}

/** The mean over all pixels of a map, channel by channel. */
export function mean(x: usize, pixels: i32, channels: i32, out: usize): void {
  const scale = f32x4.splat(1 / <f32>pixels);
  const pixel = <usize>channels << 2;
  for (let c: usize = 0; c < pixel; c += 16) {
    let sum = f32x4.splat(0);
    for (let p = 0; p < pixels; p++) sum = f32x4.add(sum, v128.load(x + <usize>p * pixel + c));
    v128.store(out + c, f32x4.mul(sum, scale));
  }
}

/** out = clamp(a + b), number by number; `bytes` is a multiple of 16. */
export function sum(a: usize, b: usize, bytes: usize, out: usize, low: f32, high: f32): void {
  const l = f32x4.splat(low);
  const h = f32x4.splat(high);
  for (let at: usize = 0; at < bytes; at += 16) {
    finish(out + at, f32x4.add(v128.load(a + at), v128.load(b + at)), l, h, 0);
  }
}
