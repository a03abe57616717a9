import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { categorySlots, firstRampSlot, plainTextSlot, rampSteps } from "./assign";
import { groupingByCluster, regionSlots } from "./clusters";
import { columnsOf, numberIn, numberOf } from "./columns";
import { coloursByGroup, groupingByColumn } from "./groups";
import { groupingByEncoder, groupingByKind } from "./kinds";
import { coloursByNumber } from "./numbers";
import { cssOf } from "./ramp";
import { legendOf } from "./tally";

const row = (id: string, columns?: Item["columns"]): Item => ({
  id: id as ItemId,
  kind: "row",
  label: id,
  columns,
});
const years = [row("a", { year: 1900 }), row("b", { year: 1950 }), row("c", { year: 2000 }), row("d")];
const yearOf = { of: (item: Item) => numberIn(item, "year") };

describe("colours by number", () => {
  it("run from the smallest to the largest, and are neutral without one", () => {
    const { slot, scale } = coloursByNumber(years, yearOf);
    expect(years.map(slot)).toEqual([
      firstRampSlot,
      firstRampSlot + rampSteps / 2,
      firstRampSlot + rampSteps - 1,
      plainTextSlot,
    ]);
    expect(scale).toMatchObject({ low: 1900, high: 2000, inverted: false, extent: [1900, 2000] });
  });
  it("ignore ends that have crossed", () => {
    const { scale } = coloursByNumber(years, yearOf, { low: 3000 });
    expect([scale?.low, scale?.high]).toEqual(scale?.extent);
  });
  it("run the other way round, and clip what lies beyond the chosen ends", () => {
    const turned = coloursByNumber(years, yearOf, { inverted: true });
    expect(turned.slot(years[0])).toBe(firstRampSlot + rampSteps - 1);
    const clipped = coloursByNumber(years, yearOf, { low: 1940, high: 1960 });
    expect(clipped.slot(years[0])).toBe(firstRampSlot);
    expect(clipped.slot(years[2])).toBe(firstRampSlot + rampSteps - 1);
    expect(legendOf(clipped.tally(), years).map(({ label }) => label)).toEqual([
      "up to 1944",
      "1944–1948",
      "1948–1952",
      "1952–1956",
      "1956 and more",
      "no number",
    ]);
  });
  it("put every item under one entry of the legend", () => {
    const { tally, key } = coloursByNumber(years, yearOf);
    const entries = legendOf(tally(), years);
    expect(entries.reduce((sum, { count }) => sum + count, 0)).toBe(years.length);
    for (const item of years) expect(entries.some((entry) => entry.key === key(item))).toBe(true);
  });
  it("have the middle colour where all numbers are one", () => {
    const { slot } = coloursByNumber([years[0]], yearOf);
    expect(slot(years[0])).toBe(firstRampSlot + rampSteps / 2);
  });
});

describe("colours by a column of texts", () => {
  it("give the most frequent values a colour each, the others and none a neutral", () => {
    const values = Array.from({ length: categorySlots + 3 }, (_, at) => `v${at}`);
    const items = values.flatMap((value, at) =>
      Array.from({ length: values.length - at }, (_, copy) => row(`${value} ${copy}`, { team: value })),
    );
    const colours = coloursByGroup(groupingByColumn([...items, row("x")], "team"));
    const legend = legendOf(colours.tally(), [...items, row("x")]);
    expect(legend[0]).toMatchObject({ key: "value:v0", label: "v0", slot: 0, count: values.length });
    expect(legend.slice(0, categorySlots).map(({ slot }) => slot)).toEqual(
      Array.from({ length: categorySlots }, (_, slot) => slot),
    );
    expect(legend[categorySlots].slot).toBe(plainTextSlot);
    expect(legend.at(-1)).toMatchObject({ label: "no team", slot: plainTextSlot });
  });
});

describe("colours by kind, encoder and cluster", () => {
  const word: Item = { id: "w" as ItemId, kind: "text", label: "w" };
  const picture: Item = { id: "p" as ItemId, kind: "image", label: "p" };
  it("tell words from images and rows", () => {
    const { slot } = coloursByGroup(groupingByKind);
    expect(new Set([word, picture, years[0]].map(slot)).size).toBe(3);
  });
  it("name the encoders", () => {
    const grouping = groupingByEncoder({
      text: "MiniLM",
      token: "MiniLM",
      image: "EfficientNet",
      patch: "EfficientNet",
      row: "ready vectors",
    });
    expect(legendOf(coloursByGroup(grouping).tally(), [word, picture]).map(({ label }) => label)).toEqual([
      "MiniLM",
      "EfficientNet",
    ]);
  });
  it("list regions by size, what lies outside last", () => {
    const of = (id: ItemId) => (id === "w" ? 1 : -1);
    const colours = coloursByGroup(groupingByCluster({ of, names: ["a", "b"], slots: [4, 5] }));
    expect(legendOf(colours.tally(), [picture, picture, word]).map(({ label }) => label)).toEqual([
      "b",
      "outside of regions",
    ]);
    expect(colours.slot(word)).toBe(5);
  });
  it("give regions side by side different colours, and share them only when there are more than colours", () => {
    const few = regionSlots(Array.from({ length: categorySlots }, (_, at) => [at, 0]));
    expect(new Set(few).size).toBe(categorySlots);
    const many = regionSlots(Array.from({ length: 40 }, (_, at) => [at, 0]));
    for (let at = 1; at < many.length; at++) expect(many[at]).not.toBe(many[at - 1]);
  });
});

describe("columns", () => {
  it("hold numbers where no item has a text there", () => {
    const items = [
      row("a", { year: 1, name: "x" }),
      row("b", { year: 2, mixed: 1 }),
      row("c", { mixed: "?" }),
    ];
    expect(columnsOf(items)).toEqual([
      { name: "year", holds: "numbers" },
      { name: "name", holds: "texts" },
      { name: "mixed", holds: "texts" },
    ]);
    expect(columnsOf(items)).toBe(columnsOf(items));
  });
  it("hold numbers where all texts write one, and codes and names are texts", () => {
    const items = [
      row("a", { score: "1.5e3", sold: " -7 ", code: "007", grade: "3" }),
      row("b", { score: ".25", sold: "", code: "12", grade: "B" }),
    ];
    expect(columnsOf(items).map(({ name, holds }) => [name, holds])).toEqual([
      ["score", "numbers"],
      ["sold", "numbers"],
      ["code", "texts"],
      ["grade", "texts"],
    ]);
    expect(items.map((item) => numberIn(item, "score"))).toEqual([1500, 0.25]);
    expect(items.map((item) => numberIn(item, "sold"))).toEqual([-7, undefined]);
    expect(["", "Infinity", "0x10", "1,5", Number.NaN].map(numberOf)).toEqual(Array(5).fill(undefined));
  });
});

describe("a slot's CSS colour", () => {
  it("is a token, or a mix of two tokens on the ramp", () => {
    expect(cssOf(3)).toBe("var(--data-3)");
    expect(cssOf(firstRampSlot)).toBe("var(--trust-0)");
    expect(cssOf(firstRampSlot + 1)).toMatch(
      /^color-mix\(in oklab, var\(--trust-0\), var\(--trust-1\) 6\.3%\)$/,
    );
    expect(cssOf(firstRampSlot + rampSteps - 1)).toBe(
      "color-mix(in oklab, var(--trust-3), var(--trust-4) 100.0%)",
    );
  });
});
