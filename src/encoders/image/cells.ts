import type { ImagePart } from "../types";
import type { Placement } from "./preprocess";

/** How a tap's tokens or cells lie on the square that the network sees. */
export interface Grid {
  readonly rows: number;
  readonly columns: number;
  /** Tokens before the first patch: CLS and registers. */
  readonly prefix: number;
}

/** More tokens than this before the patches are none: DINOv2 has CLS and four registers. */
const MOST_PREFIX = 8;

/**
 * The grid behind `tokens` tokens. `patches` is how many patches stand side by side on the input; networks that merge
 * patches on the way (Swin) have a square of fewer. Undefined when the tokens are no grid.
 */
export function tokenGrid(tokens: number, patches: number | undefined): Grid | undefined {
  const square = (side: number): Grid | undefined => {
    const prefix = tokens - side * side;
    return side > 0 && prefix >= 0 && prefix <= MOST_PREFIX
      ? { rows: side, columns: side, prefix }
      : undefined;
  };
  return (patches === undefined ? undefined : square(patches)) ?? square(Math.floor(Math.sqrt(tokens)));
}

/** How much of a cell must show the picture for the cell to count, as a share of its side. */
const SHOWS = 0.01;

/**
 * The cells of a grid that show some of the picture, row by row. `place` is where the picture stands in the square of
 * `size` pixels: boxes are cut to the picture, and cells that show nothing but the margin are left out.
 */
export function visibleCells({ rows, columns }: Grid, place: Placement, size: number): ImagePart[] {
  const across = spans(columns, size, place.left, place.width);
  const down = spans(rows, size, place.top, place.height);
  const cells: ImagePart[] = [];
  down.forEach((vertical, row) => {
    across.forEach((horizontal, column) => {
      if (!vertical || !horizontal) return;
      const box = [horizontal.from, vertical.from, horizontal.length, vertical.length] as const;
      cells.push({ place: row * columns + column, row, column, rows, columns, box });
    });
  });
  return cells;
}

/** For each of `count` cells along an axis, the part of the picture that it shows; undefined where it shows none. */
function spans(count: number, size: number, offset: number, length: number) {
  const side = size / count;
  return Array.from({ length: count }, (_, cell) => {
    const from = Math.max(0, cell * side - offset);
    const to = Math.min(length, (cell + 1) * side - offset);
    return to - from > SHOWS * side ? { from: from / length, length: (to - from) / length } : undefined;
  });
}
