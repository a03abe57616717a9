/**
 * One round of UMAP's stochastic gradient descent (McInnes, Healy & Melville, 2018, algorithm 5). AssemblyScript;
 * `node kernels/build.mjs` compiles it.
 *
 * Nearly all the time of a layout goes into these few lines. Force coefficients are read from tables indexed by the
 * upper bits of the squared distance as a float32, which takes the place of two powers and two divisions.
 */

let positions: usize = 0;
let heads: usize = 0;
let tails: usize = 0;
/** Rounds between two draws of an edge. */
let periods: usize = 0;
/** The round in which each edge is drawn next. */
let due: usize = 0;
let pull: usize = 0;
let push: usize = 0;
let edges: i32 = 0;
let points: u32 = 0;
/** Points from this number on stay where they are. */
let movable: i32 = 0;
let tableBase: i32 = 0;
let tableShift: i32 = 0;

let state: u64 = 1;

export function configure(
  positionsAt: usize,
  headsAt: usize,
  tailsAt: usize,
  periodsAt: usize,
  dueAt: usize,
  pullAt: usize,
  pushAt: usize,
  edgeCount: i32,
  pointCount: u32,
  movableCount: i32,
  base: i32,
  shift: i32,
  seed: i32,
): void {
  positions = positionsAt;
  heads = headsAt;
  tails = tailsAt;
  periods = periodsAt;
  due = dueAt;
  pull = pullAt;
  push = pushAt;
  edges = edgeCount;
  points = pointCount;
  movable = movableCount;
  tableBase = base;
  tableShift = shift;
  state = <u64>seed;
}

/** A point drawn at random: Knuth's 64-bit linear congruential generator (TAOCP 2, §3.3.4), of which the upper half is used. */
@inline
function draw(): usize {
  state = state * 6364136223846793005 + 1442695040888963407;
  return <usize>(((state >> 32) * <u64>points) >> 32);
}

/** Added to squared distances, so that the smallest there is falls into the table's first cell. */
const LEAST: f32 = 1.0 / 4194304.0;

/** The table reaches up to infinity, so no squared distance falls outside. */
@inline
function look(table: usize, square: f32): f32 {
  const at = (reinterpret<i32>(square + LEAST) >> tableShift) - tableBase;
  return load<f32>(table + ((<usize>at) << 2));
}

@inline
function attract<D>(i: usize, j: usize, rate: f32, movesOther: bool): void {
  const dx = load<f32>(i) - load<f32>(j);
  const dy = load<f32>(i, 4) - load<f32>(j, 4);
  let dz: f32 = 0;
  let square = dx * dx + dy * dy;
  if (sizeof<D>() == 8) {
    dz = load<f32>(i, 8) - load<f32>(j, 8);
    square += dz * dz;
  }
  const force = rate * look(pull, square);
  const x = force * dx;
  const y = force * dy;
  store<f32>(i, load<f32>(i) + x);
  store<f32>(i, load<f32>(i, 4) + y, 4);
  if (movesOther) {
    store<f32>(j, load<f32>(j) - x);
    store<f32>(j, load<f32>(j, 4) - y, 4);
  }
  if (sizeof<D>() == 8) {
    const z = force * dz;
    store<f32>(i, load<f32>(i, 8) + z, 8);
    if (movesOther) store<f32>(j, load<f32>(j, 8) - z, 8);
  }
}

/**
 * Pushes a point away from `samples` points drawn at random. All pushes start from where the point stands, so that none waits
 * for the one before: a processor then works on several at once.
 */
@inline
function repel<D>(i: usize, stride: usize, samples: i32, rate: f32): void {
  const x = load<f32>(i);
  const y = load<f32>(i, 4);
  const z: f32 = sizeof<D>() == 8 ? load<f32>(i, 8) : 0;
  let moveX: f32 = 0;
  let moveY: f32 = 0;
  let moveZ: f32 = 0;
  for (let s = 0; s < samples; s++) {
    // A point does not push itself: all differences are 0.
    const j = positions + draw() * stride;
    const dx = x - load<f32>(j);
    const dy = y - load<f32>(j, 4);
    let dz: f32 = 0;
    let square = dx * dx + dy * dy;
    if (sizeof<D>() == 8) {
      dz = z - load<f32>(j, 8);
      square += dz * dz;
    }
    const force = look(push, square);
    moveX += force * dx;
    moveY += force * dy;
    if (sizeof<D>() == 8) moveZ += force * dz;
  }
  store<f32>(i, x + rate * moveX);
  store<f32>(i, y + rate * moveY, 4);
  if (sizeof<D>() == 8) store<f32>(i, z + rate * moveZ, 8);
}

/**
 * The reference holds each edge twice, once from either end, both due in the same rounds. Here the second pass takes the other
 * ends' turn: directly after each other the two would pull the same pair twice, which measured 0.004 less trustworthiness.
 */
@inline
function round<D>(number: f32, rate: f32, samples: i32): void {
  const stride: usize = sizeof<D>() == 8 ? 12 : 8;
  for (let edge: i32 = 0; edge < edges; edge++) {
    const at = (<usize>edge) << 2;
    if (load<f32>(due + at) > number) continue;
    const tail = load<i32>(tails + at);
    const i = positions + <usize>load<i32>(heads + at) * stride;
    attract<D>(i, positions + <usize>tail * stride, rate, tail < movable);
    repel<D>(i, stride, samples, rate);
  }
  for (let edge: i32 = 0; edge < edges; edge++) {
    const at = (<usize>edge) << 2;
    const time = load<f32>(due + at);
    if (time > number) continue;
    store<f32>(due + at, time + load<f32>(periods + at));
    const tail = load<i32>(tails + at);
    if (tail >= movable) continue;
    const j = positions + <usize>tail * stride;
    attract<D>(j, positions + <usize>load<i32>(heads + at) * stride, rate, true);
    repel<D>(j, stride, samples, rate);
  }
}

/** A round in the plane: every edge that is due pulls its ends together, and `samples` random points push each end. */
export function round2(number: f32, rate: f32, samples: i32): void {
  round<f32>(number, rate, samples);
}

/** The same in space. */
export function round3(number: f32, rate: f32, samples: i32): void {
  round<f64>(number, rate, samples);
}
