import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { filterItems, filterManyItems, itemsAtOnce } from "./filter";
import { listMove } from "./listKeys";
import { faultOf } from "./patterns";
import { written } from "./query";

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
  it("asks fields: holds, is, is more or less than; and what must not be there", () => {
    const rows: readonly Item[] = [
      { ...item("ada", "people"), kind: "row", columns: { year: 1815, "home town": "London" } },
      { ...item("alan", "people"), kind: "row", columns: { year: 1912, "home town": "Wilmslow" } },
      item("engine", "things"),
    ];
    const found = (query: string) => filterItems(rows, query).map(({ label }) => label);
    expect(found("category:people year>1900")).toEqual(["alan"]);
    expect(found("year<=1815")).toEqual(["ada"]);
    expect(found('"home town":lond')).toEqual(["ada"]);
    expect(found('"Home Town"=london')).toEqual(["ada"]);
    expect(found("kind:rows")).toEqual(["ada", "alan"]);
    expect(found("kind=text")).toEqual(["engine"]);
    expect(found("people -ada")).toEqual(["alan"]);
    expect(found("-category:people")).toEqual(["engine"]);
    expect(found("year>x")).toEqual([]);
  });
  it("takes what names no field as text, quotes and all", () => {
    const sentences = [item("note: buy milk"), item("https://example.org/x"), item('a "quoted" word')];
    const found = (query: string) => filterItems(sentences, query).map(({ label }) => label);
    expect(found("note: milk")).toEqual(["note: buy milk"]);
    expect(found("https://example")).toEqual(["https://example.org/x"]);
    expect(found('"buy milk"')).toEqual(["note: buy milk"]);
    expect(found("-")).toEqual([]);
  });
  it("reads back what the menu writes", () => {
    const items = [item("a", "two words"), item("b", "-x=1")];
    for (const { label, category } of items) {
      expect(filterItems(items, written("category", "=", category ?? "")).map((each) => each.label)).toEqual([
        label,
      ]);
    }
  });
  it("finds the same among many, and can be stopped", async () => {
    const many = Array.from({ length: itemsAtOnce + 3 }, (_, at) => item(`word ${at}`));
    const open = new AbortController();
    expect(await filterManyItems(many, "word 2", open.signal)).toEqual(filterItems(many, "word 2"));
    const stopped = filterManyItems(many, "word", open.signal);
    open.abort();
    await expect(stopped).rejects.toMatchObject({ name: "Cancelled" });
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

describe("a regular expression", () => {
  it("is said to be none in a few words", () => {
    expect(faultOf("^foot.*(ball|wear)$")).toBeUndefined();
    expect(faultOf("(foot")).toBe("Unterminated group.");
    expect(faultOf("[")).toMatch(/class/i);
  });
});
