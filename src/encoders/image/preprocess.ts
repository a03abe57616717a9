import type { Preprocessing } from "../card";
import { type Pixels, resize } from "./resize";

/**
 * How much larger than needed a picture stays after the quick reduction by averaging. From 3 on the result can't be
 * told from one resize over all pixels (Pillow's documentation of `reducing_gap` says the same).
 */
const GAP = 3;

/** Where the picture stands in the square the network sees. Offsets are negative where it is cropped. */
export interface Placement {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
}

/**
 * Fits a picture into the square: "pad" shows all of it, "crop" fills the square with its middle, "stretch" with all of
 * it, out of proportion. The last two round as transformers' image processors do.
 */
export function placement(width: number, height: number, preprocessing: Preprocessing): Placement {
  const { size, fit, resizeTo = size } = preprocessing;
  if (fit === "pad") {
    const scale = size / Math.max(width, height);
    const fitted = {
      width: Math.max(1, Math.floor(width * scale + 0.5)),
      height: Math.max(1, Math.floor(height * scale + 0.5)),
    };
    return {
      ...fitted,
      left: Math.floor((size - fitted.width) / 2),
      top: Math.floor((size - fitted.height) / 2),
    };
  }
  const shorter = Math.min(width, height);
  const scaled = (side: number) =>
    fit === "stretch" || side === shorter ? resizeTo : Math.trunc((resizeTo * side) / shorter);
  const resized = { width: scaled(width), height: scaled(height) };
  // Not `-Math.floor(…)`, which would be −0 where nothing is cut off.
  const offset = (side: number) =>
    side > size ? -Math.floor((side - size) / 2) : Math.floor((size - side) / 2);
  return { ...resized, left: offset(resized.width), top: offset(resized.height) };
}

/** By which whole factor a picture is reduced by averaging before the exact resize; 1 leaves it alone. */
export function reduction(width: number, height: number, preprocessing: Preprocessing): number {
  // Averages would be other colours than those of single pixels.
  if (preprocessing.resample === "nearest") return 1;
  const target = placement(width, height, preprocessing);
  return Math.max(1, Math.floor(Math.min(width / target.width, height / target.height) / GAP));
}

/** Width and height, in pixels; fractions where the last column or row stands for less than a whole one. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Resizes, places and normalises a picture: `3 × size × size` numbers, planes in the order red, green, blue, each
 * (x − mean) / deviation. `picture` is the size it had before any reduction, `extent` the size in `pixels` that counts.
 */
export function preprocess(
  pixels: Pixels,
  picture: Size,
  extent: Size,
  preprocessing: Preprocessing,
): Float32Array<ArrayBuffer> {
  const { size, background, resample, order } = preprocessing;
  const place = placement(picture.width, picture.height, preprocessing);
  const window = {
    left: Math.max(0, -place.left),
    top: Math.max(0, -place.top),
    width: Math.min(size, place.width),
    height: Math.min(size, place.height),
  };
  const { data } = resize(pixels, place.width, place.height, resample, { extent, window });
  const left = Math.max(0, place.left);
  const top = Math.max(0, place.top);
  const normalised = tables(preprocessing);
  const tensor = new Float32Array(3 * size * size);
  for (let channel = 0; channel < 3; channel++) {
    const table = normalised[channel];
    const plane = tensor.subarray(channel * size * size, (channel + 1) * size * size);
    const colour = order === "bgr" ? 2 - channel : channel;
    plane.fill(table[background[colour]]);
    let from = colour;
    for (let y = top; y < top + window.height; y++) {
      const row = y * size + left;
      for (let x = 0; x < window.width; x++, from += 3) plane[row + x] = table[data[from]];
    }
  }
  return tensor;
}

/** For each channel, the normalised value of every byte. */
export function tables({ mean, deviation }: Preprocessing): readonly Float32Array[] {
  return mean.map((shift, channel) =>
    Float32Array.from({ length: 256 }, (_, value) => (value - shift) / deviation[channel]),
  );
}
