/**
 * True when (x, y) lies inside the closed polygon `x0, y0, x1, y1, …`, by the even-odd rule. A place on an edge may
 * count as either. Fewer than three corners hold nothing. Source: W. R. Franklin, PNPOLY.
 */
export function insidePolygon(polygon: readonly number[], x: number, y: number): boolean {
  let inside = false;
  const corners = polygon.length / 2;
  for (let i = 0, j = corners - 1; i < corners; j = i++) {
    const xi = polygon[i * 2];
    const yi = polygon[i * 2 + 1];
    const xj = polygon[j * 2];
    const yj = polygon[j * 2 + 1];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** The box around a polygon: `[minX, minY, maxX, maxY]`. */
export function polygonBox(polygon: readonly number[]): [number, number, number, number] {
  let minX = Number.POSITIVE_INFINITY;
  let minY = Number.POSITIVE_INFINITY;
  let maxX = Number.NEGATIVE_INFINITY;
  let maxY = Number.NEGATIVE_INFINITY;
  for (let at = 0; at + 1 < polygon.length; at += 2) {
    minX = Math.min(minX, polygon[at]);
    maxX = Math.max(maxX, polygon[at]);
    minY = Math.min(minY, polygon[at + 1]);
    maxY = Math.max(maxY, polygon[at + 1]);
  }
  return [minX, minY, maxX, maxY];
}
