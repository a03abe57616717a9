/**
 * Dot products of rows and the best of them, four or eight lanes at a time. AssemblyScript; `node kernels/build.mjs` compiles it.
 *
 * The host lays the memory out and fills it in: rows of float32 numbers, or of 16-bit ones in the variant INT16, each padded with
 * zeros to a multiple of 16 bytes, and padded with rows of zeros to a multiple of four rows. Rows of 16 bits are no longer than 1 and
 * stand for their numbers times 32,767; no sum of products, nor any part of it, is then above 2³¹ (Cauchy–Schwarz). Row j counts for row i with the key
 * dot(i, j) − penalty(j); padding has the penalty +∞ and the threshold +∞, so that it neither is found nor finds.
 */

/** Bytes of a padded row. */
let stride: usize = 0;
/** Padded number of rows. */
let rows: i32 = 0;
/** Entries kept for each row. */
let kept: i32 = 0;
let data: usize = 0;
let penalties: usize = 0;
/** The worst key kept for each row: a candidate must be above it. */
let thresholds: usize = 0;
/** `rows × kept` keys, best first, −∞ where none has come yet. */
let keys: usize = 0;
/** `rows × kept` row numbers. */
let ids: usize = 0;
/** Room for a tile of 64 × 64 products. */
let tile: usize = 0;

/** Rows of a tile's second side: 64 × 384 numbers take 96 KiB and stay in the second-level cache. */
const BLOCK = 64;

/** Rows of its first side that are worked on together: 16 × 384 numbers take 24 KiB and stay in the first-level cache. */
const PANEL = 16;

export function configure(
  rowStride: usize,
  rowCount: i32,
  keptCount: i32,
  dataAt: usize,
  penaltiesAt: usize,
  thresholdsAt: usize,
  keysAt: usize,
  idsAt: usize,
  tileAt: usize,
): void {
  stride = rowStride;
  rows = rowCount;
  kept = keptCount;
  data = dataAt;
  penalties = penaltiesAt;
  thresholds = thresholdsAt;
  keys = keysAt;
  ids = idsAt;
  tile = tileAt;
}

/** What a product of two whole numbers stands for. */
const UNIT: f32 = 1.0 / (32767.0 * 32767.0);

/** Sums of the four lanes of four registers, as float32 numbers. */
@inline
function sums(a: v128, b: v128, c: v128, d: v128): v128 {
  if (isDefined(INT16)) {
    const ab = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
    const cd = i32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
    const whole = i32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
    return f32x4.mul(f32x4.convert_i32x4_s(whole), f32x4.splat(UNIT));
  }
  const ab = f32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(i32x4.shuffle(c, d, 0, 4, 1, 5), i32x4.shuffle(c, d, 2, 6, 3, 7));
  return f32x4.add(i64x2.shuffle(ab, cd, 0, 2), i64x2.shuffle(ab, cd, 1, 3));
}

/**
 * In the relaxed variant one instruction where the processor has it: a quarter faster, and the last digit may differ. With whole
 * numbers as many instructions as with float32 ones do twice as many products.
 */
@inline
function madd(sum: v128, a: v128, b: v128): v128 {
  if (isDefined(INT16)) return i32x4.add(sum, i32x4.dot_i16x8_s(a, b));
  if (isDefined(RELAXED)) return f32x4.relaxed_madd(a, b, sum);
  return f32x4.add(sum, f32x4.mul(a, b));
}

/**
 * Two rows against four: eight sums, four loads and two more fit into WASM's sixteen registers. Three or four rows
 * against four spill, and measured a quarter slower. Every product is summed in the same order, whatever the tile.
 */
@inline
function twoByFour(a: usize, b: usize, stride: usize, out: usize, outStride: usize): void {
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  let t0 = s0;
  let t1 = s0;
  let t2 = s0;
  let t3 = s0;
  const a1 = a + stride;
  const b1 = b + stride;
  const b2 = b1 + stride;
  const b3 = b2 + stride;
  for (let at: usize = 0; at < stride; at += 16) {
    const x = v128.load(a + at);
    const y = v128.load(a1 + at);
    let z = v128.load(b + at);
    s0 = madd(s0, x, z);
    t0 = madd(t0, y, z);
    z = v128.load(b1 + at);
    s1 = madd(s1, x, z);
    t1 = madd(t1, y, z);
    z = v128.load(b2 + at);
    s2 = madd(s2, x, z);
    t2 = madd(t2, y, z);
    z = v128.load(b3 + at);
    s3 = madd(s3, x, z);
    t3 = madd(t3, y, z);
  }
  v128.store(out, sums(s0, s1, s2, s3));
  v128.store(out + outStride, sums(t0, t1, t2, t3));
}

/**
 * Products of `aCount` rows at `a` with `bCount` rows at `b`, row-major to `out`. `aCount` is a multiple of two,
 * `bCount` of four.
 */
export function products(a: usize, aCount: i32, b: usize, bCount: i32, out: usize): void {
  const outStride = (<usize>bCount) << 2;
  // Local, because a global would be read again in every turn of the inner loop.
  const width = stride;
  for (let from = 0; from < aCount; from += PANEL) {
    const to = min(aCount, from + PANEL);
    for (let j = 0; j < bCount; j += 4) {
      const other = b + <usize>j * width;
      const column = out + ((<usize>j) << 2);
      for (let i = from; i < to; i += 2) {
        twoByFour(a + <usize>i * width, other, width, column + <usize>i * outStride, outStride);
      }
    }
  }
}

/** Files a candidate that is above the row's threshold. Equal keys stay in the order in which they came. */
function keep(row: i32, key: f32, id: i32): void {
  const base = (<usize>row * <usize>kept) << 2;
  const ownKeys = keys + base;
  const ownIds = ids + base;
  let at: usize = (<usize>(kept - 1)) << 2;
  while (at > 0 && load<f32>(ownKeys + at - 4) < key) {
    store<f32>(ownKeys + at, load<f32>(ownKeys + at - 4));
    store<i32>(ownIds + at, load<i32>(ownIds + at - 4));
    at -= 4;
  }
  store<f32>(ownKeys + at, key);
  store<i32>(ownIds + at, id);
  store<f32>(thresholds + ((<usize>row) << 2), load<f32>(ownKeys + ((<usize>(kept - 1)) << 2)));
}

/**
 * Compares rows `from` … `to` − 1 (both multiples of two, at most 64 rows) with each other and with all later rows, and
 * files each pair with both of its rows. Called with growing `from`, every row sees its candidates in row order.
 */
export function stripe(from: i32, to: i32): void {
  for (let first = from - (from & 3); first < rows; first += BLOCK) {
    const last = min(rows, first + BLOCK);
    const width = last - first;
    products(data + <usize>from * stride, to - from, data + <usize>first * stride, width, tile);
    for (let i = from; i < to; i++) {
      const line = tile + ((<usize>((i - from) * width)) << 2);
      const ownPenalty = f32x4.splat(load<f32>(penalties + ((<usize>i) << 2)));
      let ownThreshold = f32x4.splat(load<f32>(thresholds + ((<usize>i) << 2)));
      let j = first;
      // Pairs below the diagonal were seen from the other side.
      if (j <= i) j = i - (i & 3);
      for (; j < last; j += 4) {
        const product = v128.load(line + ((<usize>(j - first)) << 2));
        const forOwn = f32x4.sub(product, v128.load(penalties + ((<usize>j) << 2)));
        const forOther = f32x4.sub(product, ownPenalty);
        const isOwn = f32x4.gt(forOwn, ownThreshold);
        const isOther = f32x4.gt(forOther, v128.load(thresholds + ((<usize>j) << 2)));
        if (!v128.any_true(v128.or(isOwn, isOther))) continue;
        for (let lane = 0; lane < 4; lane++) {
          const other = j + lane;
          if (other <= i) continue;
          const value = load<f32>(line + ((<usize>(other - first)) << 2));
          const ownKey = value - load<f32>(penalties + ((<usize>other) << 2));
          if (ownKey > load<f32>(thresholds + ((<usize>i) << 2))) keep(i, ownKey, other);
          const otherKey = value - load<f32>(penalties + ((<usize>i) << 2));
          if (otherKey > load<f32>(thresholds + ((<usize>other) << 2))) keep(other, otherKey, i);
        }
        ownThreshold = f32x4.splat(load<f32>(thresholds + ((<usize>i) << 2)));
      }
    }
  }
}

/** Set in an entry of `ids` that came in after its row was last looked through (`join`). */
const FRESH: i32 = 1 << 30;

/** As `keep`, of a fresh candidate that may be kept already. Returns 1 when it was not. */
function keepOnce(row: i32, key: f32, id: i32): i32 {
  const ownIds = ids + ((<usize>row * <usize>kept) << 2);
  for (let at: usize = 0; at < (<usize>kept) << 2; at += 4) if ((load<i32>(ownIds + at) & ~FRESH) == id) return 0;
  keep(row, key, id | FRESH);
  return 1;
}

/**
 * Compares the first `fresh` rows of a list with all of it (at most 128 rows), and files each pair with both of its rows.
 * `list` holds row numbers, no row twice; `rowsAt` has room for the listed rows, rounded up to a multiple of four, and `out`
 * for the products. Returns how many candidates were kept.
 */
export function join(list: usize, fresh: i32, listed: i32, rowsAt: usize, out: usize): i32 {
  for (let i = 0; i < listed; i++) {
    const row = load<i32>(list + ((<usize>i) << 2));
    memory.copy(rowsAt + <usize>i * stride, data + <usize>row * stride, stride);
  }
  const width = (listed + 3) & ~3;
  products(rowsAt, (fresh + 1) & ~1, rowsAt, width, out);
  let changes = 0;
  for (let i = 0; i < fresh; i++) {
    const own = load<i32>(list + ((<usize>i) << 2));
    const ownPenalty = load<f32>(penalties + ((<usize>own) << 2));
    for (let j = i + 1; j < listed; j++) {
      const other = load<i32>(list + ((<usize>j) << 2));
      const product = load<f32>(out + ((<usize>(i * width + j)) << 2));
      const ownKey = product - load<f32>(penalties + ((<usize>other) << 2));
      if (ownKey > load<f32>(thresholds + ((<usize>own) << 2))) changes += keepOnce(own, ownKey, other);
      const otherKey = product - ownPenalty;
      if (otherKey > load<f32>(thresholds + ((<usize>other) << 2))) changes += keepOnce(other, otherKey, own);
    }
  }
  return changes;
}
