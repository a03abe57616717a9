/** Red, green and blue in [0, 1], sRGB. */
export type Rgb = readonly [number, number, number];

/**
 * Reads any colour the browser can draw ("#2f5bea", "rgb(…)", "oklch(…)", a name). Translucency is dropped. What the
 * browser can't read gives black.
 */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(text.trim());
  if (hex) {
    const value = Number.parseInt(hex[1], 16);
    return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
  }
  const canvas = new OffscreenCanvas(1, 1);
  // Read at once: a canvas on the GPU would have the page wait for it.
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return [0, 0, 0];
  context.fillStyle = text;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return [red / 255, green / 255, blue / 255];
}

/** Mixes two colours in sRGB; `t` = 0 gives `a`. */
export function mixColours(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** The colour as CSS text. */
export function cssColour(colour: Rgb, alpha = 1): string {
  const [red, green, blue] = colour.map((channel) => Math.round(channel * 255));
  return `rgb(${red} ${green} ${blue} / ${alpha})`;
}
