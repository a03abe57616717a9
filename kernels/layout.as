/**
 * One round of UMAP's stochastic gradient descent (McInnes, Healy & Melville, 2018, algorithm 5) for a block of points.
 * AssemblyScript; `node kernels/build.mjs` compiles it.
 *
 * Nearly all the time of a layout goes into these few lines. Two things keep a processor's pipeline full. The edges that are due are
 * first collected without a branch, because no processor can guess which they are. And an edge's neighbours in the list belong to
 * other points, so that no step waits for the one before. Force coefficients are read from tables indexed by the upper bits of the
 * squared distance as a float32, which takes the place of two powers and two divisions.
 *
 * A block moves its own points alone. Those of other blocks stand, for the length of a round, where they stood when it began: blocks can
 * then be worked on in any order, or at once by several threads that share the memory, and the outcome is the same.
 */

/** For each edge, the point that it pulls and the point that it is pulled to, as bytes from the first position. */
let heads: usize = 0;
let tails: usize = 0;
/** Rounds between two draws of an edge. */
let periods: usize = 0;
/** The round in which each edge is drawn next. */
let due: usize = 0;
/** Room for the edges that are due; a block uses the part that is as far in as its edges. */
let queue: usize = 0;
/** Where the tables' entry 0 would be if they began at the smallest float32. */
let pull: usize = 0;
let push: usize = 0;
let tableShift: i32 = 0;
let points: u64 = 0;

export function configure(
  headsAt: usize,
  tailsAt: usize,
  periodsAt: usize,
  dueAt: usize,
  queueAt: usize,
  pullAt: usize,
  pushAt: usize,
  base: i32,
  shift: i32,
  pointCount: u32,
): void {
  heads = headsAt;
  tails = tailsAt;
  periods = periodsAt;
  due = dueAt;
  queue = queueAt;
  pull = pullAt - ((<usize>base) << 2);
  push = pushAt - ((<usize>base) << 2);
  tableShift = shift;
  points = pointCount;
}

/** Added to squared distances, so that the smallest there is falls into the table's first cell. */
const LEAST: f32 = 1.0 / 4194304.0;

/** The table reaches up to infinity, so no squared distance falls outside. */
@inline
function look(table: usize, shift: i32, square: f32): f32 {
  return load<f32>(table + ((<usize>(reinterpret<i32>(square + LEAST) >> shift)) << 2));
}

/**
 * Writes the edges from `from` to `to` (bytes into the lists, multiples of 16) that are due to the queue, and when they are due
 * next. Returns the queue's end. An edge that is not due is written too, and overwritten by the next.
 */
@inline
function collect(from: usize, to: usize, number: f32): usize {
  const now = f32x4.splat(number);
  let end = queue + from;
  for (let at = from; at < to; at += 16) {
    const time = v128.load(due + at);
    const isDue = f32x4.le(time, now);
    const bits = i32x4.bitmask(isDue);
    v128.store(due + at, f32x4.add(time, v128.and(isDue, v128.load(periods + at))));
    store<i32>(end, <i32>at);
    end += <usize>(bits & 1) << 2;
    store<i32>(end, <i32>at + 4);
    end += <usize>(bits & 2) << 1;
    store<i32>(end, <i32>at + 8);
    end += <usize>(bits & 4);
    store<i32>(end, <i32>at + 12);
    end += <usize>(bits & 8) >> 1;
  }
  return end;
}

/** A block's entry: where its edges begin and end (bytes into the lists), likewise its points, and its generator's state. */
@inline
function round<D>(
  block: usize,
  read: usize,
  write: usize,
  number: f32,
  pullRate: f32,
  pushRate: f32,
  samples: i32,
): void {
  const stride: usize = sizeof<D>() == 8 ? 12 : 8;
  const fromEdge = load<usize>(block);
  const first = load<usize>(block, 8);
  const size = load<usize>(block, 12) - first;
  let state = load<u64>(block, 16);
  memory.copy(write + first, read + first, size);
  const end = collect(fromEdge, load<usize>(block, 4), number);
  // Local, because globals would be read again in every turn of the loops.
  const headsAt = heads;
  const tailsAt = tails;
  const pullAt = pull;
  const pushAt = push;
  const shift = tableShift;
  const count = points;
  for (let due = queue + fromEdge; due < end; due += 4) {
    const edge = load<usize>(due);
    const own = write + load<usize>(headsAt + edge);
    const tail = load<usize>(tailsAt + edge);
    const other = (tail - first < size ? write : read) + tail;
    const x = load<f32>(own);
    const y = load<f32>(own, 4);
    const z: f32 = sizeof<D>() == 8 ? load<f32>(own, 8) : 0;
    let dx = x - load<f32>(other);
    let dy = y - load<f32>(other, 4);
    let dz: f32 = sizeof<D>() == 8 ? z - load<f32>(other, 8) : 0;
    let square = dx * dx + dy * dy;
    if (sizeof<D>() == 8) square += dz * dz;
    const pulled = pullRate * look(pullAt, shift, square);
    let moveX = pulled * dx;
    let moveY = pulled * dy;
    let moveZ = pulled * dz;
    for (let s = 0; s < samples; s++) {
      // Knuth's 64-bit linear congruential generator (TAOCP 2, §3.3.4), of which the upper half is used. A point that is
      // drawn itself does not push: all differences are next to 0.
      state = state * 6364136223846793005 + 1442695040888963407;
      const random = read + <usize>(((state >> 32) * count) >> 32) * stride;
      dx = x - load<f32>(random);
      dy = y - load<f32>(random, 4);
      square = dx * dx + dy * dy;
      if (sizeof<D>() == 8) {
        dz = z - load<f32>(random, 8);
        square += dz * dz;
      }
      const pushed = pushRate * look(pushAt, shift, square);
      moveX += pushed * dx;
      moveY += pushed * dy;
      if (sizeof<D>() == 8) moveZ += pushed * dz;
    }
    store<f32>(own, x + moveX);
    store<f32>(own, y + moveY, 4);
    if (sizeof<D>() == 8) store<f32>(own, z + moveZ, 8);
  }
  store<u64>(block, state, 16);
}

/**
 * A round in the plane of the block whose entry stands at `block`: positions are read at `read`, the block's own new ones written at
 * `write`. Every edge that is due pulls its head, and `samples` random points push it.
 */
export function round2(
  block: usize,
  read: usize,
  write: usize,
  number: f32,
  pullRate: f32,
  pushRate: f32,
  samples: i32,
): void {
  round<f32>(block, read, write, number, pullRate, pushRate, samples);
}

/** The same in space. */
export function round3(
  block: usize,
  read: usize,
  write: usize,
  number: f32,
  pullRate: f32,
  pushRate: f32,
  samples: i32,
): void {
  round<f64>(block, read, write, number, pullRate, pushRate, samples);
}
