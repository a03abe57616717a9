/** The ninth of the map a place lies in, in words; shares of its width and height from the upper left. */
export function whereOnMap({ x, y }: { readonly x: number; readonly y: number }): string {
  const upright = y < 1 / 3 ? "upper" : y > 2 / 3 ? "lower" : "";
  const across = x < 1 / 3 ? "left" : x > 2 / 3 ? "right" : "";
  if (!upright && !across) return "centre";
  if (!upright) return `centre ${across}`;
  return across ? `${upright} ${across}` : `${upright} centre`;
}
