/**
 * The layers of convolutional networks and transformers, four lanes at a time. AssemblyScript; `node kernels/build.mjs` compiles it.
 *
 * Maps lie pixel by pixel, each pixel's channels side by side (NHWC), as float32; texts token by token. The host lays the memory out: all
 * addresses are multiples of 16, all counts of channels multiples of 4. Layers of maps end in a clamp to
 * [low, high], which is how ReLU and ReLU6 are said.
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

/** Eight outputs of every pixel from `first` to `last`, with the weights of one panel. */
@inline
function eightOutputs(
  x: usize,
  first: i32,
  last: i32,
  row: usize,
  panel: usize,
  bias: usize,
  out: usize,
  outRow: usize,
  added: usize,
  l: v128,
  h: v128,
): void {
  const b0 = v128.load(bias);
  const b1 = v128.load(bias, 16);
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
    const at = <usize>p * outRow;
    const to = out + at;
    const add = added ? added + at : 0;
    const add1 = added ? add + outRow : 0;
    const add2 = added ? add1 + outRow : 0;
    const add3 = added ? add2 + outRow : 0;
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
    const at = <usize>p * outRow;
    finish(out + at, s0, l, h, added ? added + at : 0);
    finish(out + at + 16, s1, l, h, added ? added + at + 16 : 0);
  }
}

/**
 * A matrix on every pixel (1 × 1 convolution), or on every token: out[p][o] = clamp(bias[o] + Σᵢ x[p][i] · w[i][o]) +
 * added[p][o], where `added` may be 0 for nothing. The weights lie in panels of eight outputs: w[o / 8][i][o % 8];
 * `outputs` is a multiple of 8.
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
    for (let o: usize = 0; o < outRow; o += 32) {
      const panel = weights + (o >> 2) * row;
      eightOutputs(x, first, last, row, panel, bias + o, out + o, outRow, added ? added + o : 0, l, h);
    }
  }
}

/**
 * As `pointwise`, with weights of eight bits, in the same panels, and a scale for each output; without a clamp. `scratch`
 * has room for one panel of numbers, which are worked out anew for every block of tokens: of four megabytes of weights,
 * one is kept.
 */
export function quantised(
  x: usize,
  tokens: i32,
  inputs: i32,
  weights: usize,
  scales: usize,
  bias: usize,
  outputs: i32,
  out: usize,
  added: usize,
  scratch: usize,
): void {
  const l = f32x4.splat(-Infinity);
  const h = f32x4.splat(Infinity);
  const row = <usize>inputs << 2;
  const outRow = <usize>outputs << 2;
  const block = max(4, (2 * BLOCK_BYTES / <i32>row) & ~3);
  for (let first = 0; first < tokens; first += block) {
    const last = min(tokens, first + block);
    for (let o: usize = 0; o < outRow; o += 32) {
      const s0 = v128.load(scales + o);
      const s1 = v128.load(scales + o, 16);
      let from = weights + (o >> 2) * <usize>inputs;
      const end = from + (<usize>inputs << 3);
      for (let to = scratch; from < end; from += 8) {
        const eight = v128.load8x8_s(from);
        v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(eight)), s0));
        v128.store(to, f32x4.mul(f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(eight)), s1), 16);
        to += 32;
      }
      eightOutputs(x, first, last, row, scratch, bias + o, out + o, outRow, added ? added + o : 0, l, h);
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

/** e to the power of each lane, to the last digit or two (Cephes' expf; Moshier, 1992). */
@inline
function exp(x: v128): v128 {
  const bounded = f32x4.pmax(f32x4.splat(-87), f32x4.pmin(f32x4.splat(88), x));
  const n = f32x4.nearest(f32x4.mul(bounded, f32x4.splat(1.44269504)));
  let r = f32x4.sub(bounded, f32x4.mul(n, f32x4.splat(0.693359375)));
  r = f32x4.sub(r, f32x4.mul(n, f32x4.splat(-2.12194440e-4)));
  let y = f32x4.splat(1.9875691500e-4);
  y = madd(f32x4.splat(1.3981999507e-3), y, r);
  y = madd(f32x4.splat(8.3334519073e-3), y, r);
  y = madd(f32x4.splat(4.1665795894e-2), y, r);
  y = madd(f32x4.splat(1.6666665459e-1), y, r);
  y = madd(f32x4.splat(5.0000001201e-1), y, r);
  y = f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(y, r), r), r), f32x4.splat(1));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(n), i32x4.splat(127)), 23);
  return f32x4.mul(y, power);
}

/** The sum of a register's lanes. */
@inline
function lanes(v: v128): f32 {
  const pairs = f32x4.add(v, i64x2.shuffle(v, v, 1, 0));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/**
 * x ← x · Φ(x), number by number (GELU by the error function, to 1.5e-7; Abramowitz and Stegun, 1964, 7.1.26); `bytes` is
 * a multiple of 16.
 */
export function gelu(x: usize, bytes: usize): void {
  const one = f32x4.splat(1);
  for (let at = x; at < x + bytes; at += 16) {
    const v = v128.load(at);
    const z = f32x4.mul(v, f32x4.splat(0.70710678));
    const t = f32x4.div(one, madd(one, f32x4.splat(0.3275911), f32x4.abs(z)));
    let p = f32x4.splat(1.061405429);
    p = madd(f32x4.splat(-1.453152027), p, t);
    p = madd(f32x4.splat(1.421413741), p, t);
    p = madd(f32x4.splat(-0.284496736), p, t);
    p = madd(f32x4.splat(0.254829592), p, t);
    const erf = f32x4.sub(one, f32x4.mul(f32x4.mul(p, t), exp(f32x4.neg(f32x4.mul(z, z)))));
    const signed = v128.or(erf, v128.and(z, f32x4.splat(-0.0)));
    v128.store(at, f32x4.mul(f32x4.mul(v, f32x4.splat(0.5)), f32x4.add(one, signed)));
  }
}

/** Layer norm of each row, in place; `width` is a multiple of 4. */
export function layerNorm(x: usize, rows: i32, width: i32, gain: usize, bias: usize, epsilon: f32): void {
  const bytes = <usize>width << 2;
  for (let row = x; row < x + <usize>rows * bytes; row += bytes) {
    let sum = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) sum = f32x4.add(sum, v128.load(row + c));
    const mean = f32x4.splat(lanes(sum) / <f32>width);
    let squares = f32x4.splat(0);
    for (let c: usize = 0; c < bytes; c += 16) {
      const d = f32x4.sub(v128.load(row + c), mean);
      squares = madd(squares, d, d);
    }
    const scale = f32x4.splat(1 / sqrt<f32>(lanes(squares) / <f32>width + epsilon));
    for (let c: usize = 0; c < bytes; c += 16) {
      const normal = f32x4.mul(f32x4.sub(v128.load(row + c), mean), scale);
      v128.store(row + c, f32x4.add(f32x4.mul(normal, v128.load(gain + c)), v128.load(bias + c)));
    }
  }
}

/**
 * Attention of `tokens` tokens to each other, head by head: out = softmax(q · kᵀ · scale) · v. Rows are `width` numbers,
 * a head has `size` of them, a multiple of 4; `scores` has room for one row of scores, rounded up to four.
 */
export function attention(
  q: usize,
  k: usize,
  v: usize,
  tokens: i32,
  width: i32,
  size: i32,
  scale: f32,
  scores: usize,
  out: usize,
): void {
  const row = <usize>width << 2;
  const head = <usize>size << 2;
  const end = <usize>tokens << 2;
  for (let h: usize = 0; h < row; h += head) {
    for (let i: usize = 0; i < <usize>tokens; i++) {
      const query = q + i * row + h;
      let largest: f32 = -Infinity;
      for (let j: usize = 0; j < <usize>tokens; j++) {
        const key = k + j * row + h;
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let c: usize = 0;
        for (; c + 32 <= head; c += 32) {
          s0 = madd(s0, v128.load(query + c), v128.load(key + c));
          s1 = madd(s1, v128.load(query + c, 16), v128.load(key + c, 16));
        }
        for (; c < head; c += 16) s0 = madd(s0, v128.load(query + c), v128.load(key + c));
        const score = lanes(f32x4.add(s0, s1)) * scale;
        store<f32>(scores + (j << 2), score);
        largest = max(largest, score);
      }
      // What fills up the last register adds nothing to the sum.
      for (let at = end; at & 15; at += 4) store<f32>(scores + at, -Infinity);
      const most = f32x4.splat(largest);
      let sum = f32x4.splat(0);
      for (let at: usize = 0; at < end; at += 16) {
        const power = exp(f32x4.sub(v128.load(scores + at), most));
        const left = <i32>(end - at);
        const counted = left >= 16 ? power : v128.and(power, i32x4.lt_s(i32x4(0, 4, 8, 12), i32x4.splat(left)));
        v128.store(scores + at, counted);
        sum = f32x4.add(sum, counted);
      }
      const share = f32x4.splat(1 / lanes(sum));
      const to = out + i * row + h;
      let c: usize = 0;
      for (; c + 32 <= head; c += 32) {
        let s0 = f32x4.splat(0);
        let s1 = s0;
        let t0 = s0;
        let t1 = s0;
        let value = v + h + c;
        let at: usize = 0;
        for (; at + 8 <= end; at += 8) {
          let weight = v128.load32_splat(scores + at);
          s0 = madd(s0, weight, v128.load(value));
          s1 = madd(s1, weight, v128.load(value, 16));
          weight = v128.load32_splat(scores + at, 4);
          t0 = madd(t0, weight, v128.load(value + row));
          t1 = madd(t1, weight, v128.load(value + row, 16));
          value += 2 * row;
        }
        if (at < end) {
          const weight = v128.load32_splat(scores + at);
          s0 = madd(s0, weight, v128.load(value));
          s1 = madd(s1, weight, v128.load(value, 16));
        }
        v128.store(to + c, f32x4.mul(f32x4.add(s0, t0), share));
        v128.store(to + c, f32x4.mul(f32x4.add(s1, t1), share), 16);
      }
      for (; c < head; c += 16) {
        let s0 = f32x4.splat(0);
        for (let j: usize = 0; j < <usize>tokens; j++) {
          s0 = madd(s0, v128.load32_splat(scores + (j << 2)), v128.load(v + j * row + h + c));
        }
        v128.store(to + c, f32x4.mul(s0, share));
      }
    }
  }
}
