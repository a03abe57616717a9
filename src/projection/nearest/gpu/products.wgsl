// Dot products of a block of rows with all rows: one workgroup makes a tile of 64 × 64, each of its 256 invocations 4 × 4
// of them. Both sides of the tile are read once into workgroup memory, 16 numbers of each row at a time.

struct Block {
  // First row of the block; its rows and all rows are multiples of 64.
  first: u32,
  // All rows.
  rows: u32,
  // Rows that are not padding.
  real: u32,
  // A row's numbers, in fours; a multiple of four.
  width: u32,
}

@group(0) @binding(0) var<uniform> block: Block;
@group(0) @binding(1) var<storage, read> data: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> products: array<f32>;

const TILE = 64u;
const STEP = 4u;

var<workgroup> own: array<vec4<f32>, 256>;
var<workgroup> other: array<vec4<f32>, 256>;

@compute @workgroup_size(16, 16)
fn multiply(
  @builtin(workgroup_id) tile: vec3<u32>,
  @builtin(local_invocation_id) cell: vec3<u32>,
  @builtin(local_invocation_index) index: u32,
) {
  let ownRow = block.first + tile.y * TILE + index / STEP;
  let otherRow = tile.x * TILE + index / STEP;
  var sums = array<vec4<f32>, 4>();
  for (var start = 0u; start < block.width; start += STEP) {
    own[index] = data[ownRow * block.width + start + index % STEP];
    other[index] = data[otherRow * block.width + start + index % STEP];
    workgroupBarrier();
    for (var at = 0u; at < STEP; at++) {
      // Every sixteenth row, so that neighbouring invocations read, and write, neighbouring places.
      let p = other[cell.x * STEP + at];
      let q = other[(cell.x + 16u) * STEP + at];
      let r = other[(cell.x + 32u) * STEP + at];
      let s = other[(cell.x + 48u) * STEP + at];
      for (var i = 0u; i < 4u; i++) {
        let x = own[(cell.y + 16u * i) * STEP + at];
        sums[i] += vec4<f32>(dot(x, p), dot(x, q), dot(x, r), dot(x, s));
      }
    }
    workgroupBarrier();
  }
  for (var i = 0u; i < 4u; i++) {
    let line = (tile.y * TILE + cell.y + 16u * i) * block.rows + tile.x * TILE + cell.x;
    for (var j = 0u; j < 4u; j++) {
      products[line + 16u * j] = sums[i][j];
    }
  }
}
