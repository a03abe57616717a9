/** The range a chart of cosines is drawn in: whole tenths around the values, at least 0.2 apart. */
export function chartScale(values: readonly number[]): { readonly low: number; readonly high: number } {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return { low: 0, high: 1 };
  // Rounded first: 0.3 / 0.1 is a little less than 3.
  const tenths = (value: number) => Math.round(value * 1e6) / 1e5;
  const low = Math.floor(tenths(Math.min(...finite))) / 10;
  const high = Math.ceil(tenths(Math.max(...finite))) / 10;
  return high - low >= 0.2 ? { low, high } : { low: Math.max(-1, high - 0.2), high };
}

/** An SVG path through the values that are numbers, broken where one is missing; `x` and `y` place them. */
export function chartPath(
  values: readonly number[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = "M";
  return values
    .flatMap((value, index) => {
      const command = pen;
      pen = Number.isFinite(value) ? "L" : "M";
      return Number.isFinite(value) ? `${command}${x(index).toFixed(1)} ${y(value).toFixed(1)}` : [];
    })
    .join("");
}
