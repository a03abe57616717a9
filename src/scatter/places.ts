/**
 * Copies places into `x, y, z` triples; z is 0 on the plane.
 *
 * @returns false when one of them isn't a place: it is copied as it is, and `isPlaced` finds it.
 */
export function writePlaces(
  to: Float32Array,
  positions: Float32Array,
  dimensions: 2 | 3,
  first: number,
  end: number,
): boolean {
  const inSpace = dimensions === 3;
  // The difference of a number to itself is 0 unless it isn't finite, and so is the sum of such.
  let sum = 0;
  for (let read = first * dimensions, at = first * 3; at < end * 3; read += dimensions, at += 3) {
    const x = positions[read];
    const y = positions[read + 1];
    const z = inSpace ? positions[read + 2] : 0;
    to[at] = x;
    to[at + 1] = y;
    to[at + 2] = z;
    sum += x - x + (y - y) + (z - z);
  }
  return sum === 0;
}

/** True when a triple is a place. */
export function isPlaced(to: Float32Array, index: number): boolean {
  const at = index * 3;
  return Number.isFinite(to[at]) && Number.isFinite(to[at + 1]) && Number.isFinite(to[at + 2]);
}

/** Makes a triple that is no place the origin, so that it harms no sum and no shader. */
export function clearPlace(to: Float32Array, index: number): void {
  to.fill(0, index * 3, index * 3 + 3);
}
