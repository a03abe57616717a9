/** A colour in OKLab: lightness in [0, 1], then green–red and blue–yellow, about −0.4 … 0.4. */
export type Lab = readonly [number, number, number];

/** Red, green and blue in linear light, each in [0, 1]. */
export type Linear = readonly [number, number, number];

/** The linear light of "#rrggbb" (IEC 61966-2-1). */
export function linearOf(hex: string): Linear {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

/** "#rrggbb" of linear light; what lies outside of the screen's colours is clipped. */
export function hexOf(colour: Linear): string {
  const digits = colour.map((value) => {
    const clipped = Math.min(1, Math.max(0, value));
    const channel = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055;
    return Math.round(channel * 255)
      .toString(16)
      .padStart(2, "0");
  });
  return `#${digits.join("")}`;
}

/** OKLab (Ottosson, 2020), in which distances are about as the eye sees them. */
export function labOf([red, green, blue]: Linear): Lab {
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  return [
    0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
    1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
    0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
  ];
}

/** The inverse of `labOf`. */
export function linearOfLab([lightness, a, b]: Lab): Linear {
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** The colour `share` of the way from one "#rrggbb" to another, in OKLab, as CSS's `color-mix(in oklab, …)` mixes. */
export function mixed(from: string, to: string, share: number): string {
  const start = labOf(linearOf(from));
  const end = labOf(linearOf(to));
  const between = (at: 0 | 1 | 2) => start[at] + (end[at] - start[at]) * share;
  return hexOf(linearOfLab([between(0), between(1), between(2)]));
}
