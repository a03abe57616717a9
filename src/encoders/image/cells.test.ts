import { describe, expect, it } from "vitest";
import type { Preprocessing } from "../card";
import { tokenGrid, visibleCells } from "./cells";
import { placement } from "./preprocess";

describe("tokenGrid", () => {
  it.each([
    ["a ViT of 16 px patches at 224 px: CLS, then patches", 197, 14, { rows: 14, columns: 14, prefix: 1 }],
    ["DINOv2 with registers: CLS and four of them", 261, 16, { rows: 16, columns: 16, prefix: 5 }],
    ["SigLIP: patches alone", 196, 14, { rows: 14, columns: 14, prefix: 0 }],
    ["Swin, behind three merges of four patches", 49, 56, { rows: 7, columns: 7, prefix: 0 }],
    ["a network whose patches nobody knows", 50, undefined, { rows: 7, columns: 7, prefix: 1 }],
    ["tokens that are no grid", 47, 14, undefined],
  ])("%s", (_, tokens, patches, grid) => {
    expect(tokenGrid(tokens, patches)).toEqual(grid);
  });
});

describe("visibleCells", () => {
  const preprocessing = { size: 224, fit: "pad" } as Preprocessing;
  const grid = { rows: 7, columns: 7, prefix: 0 };

  it("covers a square picture without gaps", () => {
    const cells = visibleCells(grid, placement(500, 500, preprocessing), 224);
    expect(cells).toHaveLength(49);
    expect(cells[8]).toMatchObject({ place: 8, row: 1, column: 1, rows: 7, columns: 7 });
    expect(area(cells)).toBeCloseTo(1, 6);
  });

  it("leaves out the margin of a wide picture, and cuts the cells at its edge", () => {
    // 224 × 112 pixels in the middle of the square: rows 0 and 6 show margin alone, rows 1 and 5 half of it.
    const cells = visibleCells(grid, placement(1000, 500, preprocessing), 224);
    expect([...new Set(cells.map(({ row }) => row))]).toEqual([1, 2, 3, 4, 5]);
    expect(cells[0].place).toBe(7);
    const [left, top, width, height] = cells[0].box;
    expect([left, top]).toEqual([0, 0]);
    expect(width).toBeCloseTo(1 / 7, 6);
    expect(height).toBeCloseTo(8 / 112, 6);
    expect(area(cells)).toBeCloseTo(1, 6);
  });

  it("knows that a crop shows the middle of the picture alone", () => {
    const cells = visibleCells(grid, placement(448, 224, { ...preprocessing, fit: "crop" }), 224);
    expect(cells).toHaveLength(49);
    expect(cells[0].box[0]).toBeCloseTo(0.25, 6);
    expect(area(cells)).toBeCloseTo(0.5, 6);
  });
});

function area(cells: ReturnType<typeof visibleCells>): number {
  return cells.reduce((sum, { box: [, , width, height] }) => sum + width * height, 0);
}
