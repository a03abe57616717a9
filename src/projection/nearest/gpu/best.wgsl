// The best of a block's products for each of its rows, one workgroup a row. Each invocation keeps a sorted list of the best
// among its own columns; then the heads of the lists are compared, and the best one is taken, until there are enough.

struct Block {
  first: u32,
  rows: u32,
  real: u32,
  width: u32,
}

struct Entry {
  key: f32,
  id: u32,
}

@group(0) @binding(0) var<uniform> block: Block;
@group(0) @binding(1) var<storage, read> products: array<f32>;
// What each row loses as a neighbour: half its squared length, for the Euclidean distance.
@group(0) @binding(2) var<storage, read> penalties: array<f32>;
@group(0) @binding(3) var<storage, read_write> found: array<Entry>;

override KEPT: u32 = 16u;
override THREADS: u32 = 64u;

// No key of a real row is as low.
const NONE = -3.0e38;
const NOBODY = 0xffffffffu;

// Entry e of invocation t is at e · THREADS + t.
var<workgroup> keys: array<f32, KEPT * THREADS>;
var<workgroup> ids: array<u32, KEPT * THREADS>;
var<workgroup> headKeys: array<f32, THREADS>;
var<workgroup> headIds: array<u32, THREADS>;

fn isBefore(key: f32, id: u32, otherKey: f32, otherId: u32) -> bool {
  return key > otherKey || (key == otherKey && id < otherId);
}

@compute @workgroup_size(THREADS)
fn choose(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) own: u32) {
  let row = block.first + group.x;
  for (var e = 0u; e < KEPT; e++) {
    keys[e * THREADS + own] = NONE;
    ids[e * THREADS + own] = NOBODY;
  }
  let last = (KEPT - 1u) * THREADS + own;
  for (var column = own; column < block.real; column += THREADS) {
    if (column == row) {
      continue;
    }
    let key = products[group.x * block.rows + column] - penalties[column];
    // Equal keys stay in the order of their rows.
    if (!(key > keys[last])) {
      continue;
    }
    var at = last;
    while (at >= THREADS && keys[at - THREADS] < key) {
      keys[at] = keys[at - THREADS];
      ids[at] = ids[at - THREADS];
      at -= THREADS;
    }
    keys[at] = key;
    ids[at] = column;
  }
  var head = 0u;
  for (var e = 0u; e < KEPT; e++) {
    headKeys[own] = NONE;
    headIds[own] = NOBODY;
    if (head < KEPT) {
      headKeys[own] = keys[head * THREADS + own];
      headIds[own] = ids[head * THREADS + own];
    }
    let mine = headIds[own];
    workgroupBarrier();
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
      if (own < half && isBefore(headKeys[own + half], headIds[own + half], headKeys[own], headIds[own])) {
        headKeys[own] = headKeys[own + half];
        headIds[own] = headIds[own + half];
      }
      workgroupBarrier();
    }
    if (own == 0u && row < block.real) {
      found[row * KEPT + e] = Entry(headKeys[0], headIds[0]);
    }
    if (mine != NOBODY && mine == headIds[0]) {
      head++;
    }
    workgroupBarrier();
  }
}
