import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { filterItems } from "./filter";
import { listMove } from "./listKeys";

const item = (label: string, category?: string): Item => ({
  id: label as ItemId,
  kind: "text",
  label,
  category,
});
const press = (key: string, held: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});

describe("filterItems", () => {
  const items = [item("football", "sport"), item("footwear", "footwear"), item("Soccer", "sport")];
  it("looks at labels and categories, whatever their case", () => {
    expect(filterItems(items, "FOOT").map(({ label }) => label)).toEqual(["football", "footwear"]);
    expect(filterItems(items, "sport soccer").map(({ label }) => label)).toEqual(["Soccer"]);
  });
  it("returns the very list without a query", () => {
    expect(filterItems(items, "  ")).toBe(items);
  });
});

describe("listMove", () => {
  it("moves and stops at both ends", () => {
    expect(listMove(press("ArrowDown"), 2, 3, 10)).toEqual({ active: 2, select: "replace" });
    expect(listMove(press("ArrowUp"), 0, 3, 10)).toEqual({ active: 0, select: "replace" });
    expect(listMove(press("PageDown"), 0, 30, 10)).toEqual({ active: 10, select: "replace" });
  });
  it("starts at the near end when no row is active", () => {
    expect(listMove(press("ArrowDown"), -1, 3, 10)?.active).toBe(0);
    expect(listMove(press("ArrowUp"), -1, 3, 10)?.active).toBe(2);
  });
  it("extends with Shift and moves alone with Ctrl", () => {
    expect(listMove(press("End", { shiftKey: true }), 0, 3, 10)).toEqual({ active: 2, select: "extend" });
    expect(listMove(press("ArrowDown", { ctrlKey: true }), 0, 3, 10)).toEqual({ active: 1, select: "none" });
    expect(listMove(press(" "), 1, 3, 10)).toEqual({ active: 1, select: "toggle" });
  });
  it("leaves other keys and empty lists alone", () => {
    expect(listMove(press("a"), 0, 3, 10)).toBeUndefined();
    expect(listMove(press("ArrowDown"), -1, 0, 10)).toBeUndefined();
  });
});
