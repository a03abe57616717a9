import type { Preprocessing, ProbePicture } from "../card";
import { tables } from "./preprocess";

/** Grey values of the disc's surroundings, for red, green and blue. */
const SURROUNDINGS = [40, 120, 50];

/**
 * The formulas of the cards' probe pictures (`recipes/pixels.py`): whole numbers in [0, 255] for channel `c` (0 red),
 * row `y` from the top and column `x` from the left of a 224 × 224 picture.
 */
const FORMULAS: Readonly<Record<ProbePicture, (c: number, y: number, x: number) => number>> = {
  gradient: (c, y, x) => (x * (c + 1) + y * (3 - c)) % 256,
  disc: (c, y, x) => ((x - 112) ** 2 + (y - 112) ** 2 < 6400 ? 240 - 20 * c : SURROUNDINGS[c]),
};

/** A probe picture as the network's input: `3 × size × size` numbers, normalised. */
export function probeTensor(picture: ProbePicture, preprocessing: Preprocessing): Float32Array {
  const { size } = preprocessing;
  const normalised = tables(preprocessing);
  const tensor = new Float32Array(3 * size * size);
  let place = 0;
  for (let c = 0; c < 3; c++) {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) tensor[place++] = normalised[c][FORMULAS[picture](c, y, x)];
    }
  }
  return tensor;
}
