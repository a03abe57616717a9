import { DataTexture, NearestFilter, NoColorSpace, RGBAFormat, Vector2, Vector3 } from "three";
import { parseColour, type Rgb } from "../colour";
import type { ScatterTheme } from "../types";

/** As many colours as a palette index (one byte) can name. */
const PALETTE_SIZE = 256;

/** Uniforms that all layers share: each layer's material holds these very objects, so one write reaches all. */
export function createUniforms() {
  const palette = new DataTexture(new Uint8Array(PALETTE_SIZE * 4), PALETTE_SIZE, 1, RGBAFormat);
  palette.magFilter = NearestFilter;
  palette.minFilter = NearestFilter;
  palette.colorSpace = NoColorSpace;
  return {
    /** World to clip coordinates. */
    uMatrix: { value: new Float32Array(16) },
    /** Size of the view in CSS pixels. */
    uViewport: { value: new Vector2(1, 1) },
    uPixelRatio: { value: 1 },
    /** Share of the points' travel that is covered, in [0, 1]. */
    uMix: { value: 1 },
    /** Divisors of depth at the nearest and the farthest point, and how strongly distance fades colours (0: not). */
    uDepth: { value: new Vector3(1, 1, 0) },
    uBackground: { value: new Vector3(1, 1, 1) },
    uText: { value: new Vector3(0, 0, 0) },
    uAccent: { value: new Vector3(0, 0, 1) },
    uPalette: { value: palette },
  };
}

export type Uniforms = ReturnType<typeof createUniforms>;

/** Writes a theme's colours. */
export function applyTheme(uniforms: Uniforms, theme: ScatterTheme): void {
  setColour(uniforms.uBackground.value, parseColour(theme.background));
  setColour(uniforms.uText.value, parseColour(theme.text));
  setColour(uniforms.uAccent.value, parseColour(theme.accent));
  const texels = uniforms.uPalette.value.image.data as Uint8Array;
  const colours = (theme.palette.length > 0 ? theme.palette : [theme.text]).map(parseColour);
  for (let index = 0; index < PALETTE_SIZE; index++) {
    const colour = colours[index % colours.length];
    for (let channel = 0; channel < 3; channel++)
      texels[index * 4 + channel] = Math.round(colour[channel] * 255);
    texels[index * 4 + 3] = 255;
  }
  uniforms.uPalette.value.needsUpdate = true;
}

function setColour(vector: Vector3, colour: Rgb): void {
  vector.set(colour[0], colour[1], colour[2]);
}
