import { describe, expect, it } from "vitest";
import type { ItemId } from "../../collection";
import { coveringPlaces, startingPositions, wasMadeEarly } from "./places";

const ids = (...names: string[]) => names as ItemId[];

describe("startingPositions", () => {
  const source = { ids: ids("a", "b"), dimensions: 2 as const, positions: Float32Array.of(1, 2, 3, 4) };

  it("keeps known items where they stand and marks new ones", () => {
    expect(startingPositions(ids("b", "new", "a"), 2, [source])).toEqual(
      Float32Array.of(3, 4, Number.NaN, Number.NaN, 1, 2),
    );
  });

  it("lifts a flat map into three dimensions", () => {
    expect(startingPositions(ids("a"), 3, [source])).toEqual(Float32Array.of(1, 2, 0));
  });

  it("starts from nothing when most items are new", () => {
    expect(startingPositions(ids("a", "x", "y"), 2, [source])).toBeUndefined();
  });

  it("lets later places win", () => {
    const later = { ids: ids("a"), dimensions: 2 as const, positions: Float32Array.of(9, 9) };
    expect(startingPositions(ids("a", "b"), 2, [source, later])).toEqual(Float32Array.of(9, 9, 3, 4));
  });
});

describe("a map", () => {
  const items = (...names: string[]) => ids(...names).map((id) => ({ id }));
  const standing = ids("a", "b", "c", "d", "e");

  it("was made early when many of what was added with it had no vector yet", () => {
    const all = ids("a", "b", "c", "d", "e", "f", "g", "h");
    expect(wasMadeEarly(all, standing, items(...all))).toBe(true);
  });

  it("was not when what has no place came later, or is little", () => {
    expect(wasMadeEarly(ids(...standing, "f", "g", "h"), standing, items(...standing))).toBe(false);
    expect(wasMadeEarly(ids(...standing, "f", "g"), standing, items(...standing, "f", "g"))).toBe(false);
    expect(wasMadeEarly(standing, standing, items(...standing))).toBe(false);
  });
});

describe("coveringPlaces", () => {
  const places = {
    ids: ids("a", "b"),
    dimensions: 2 as const,
    positions: Float32Array.of(1, 2, Number.NaN, Number.NaN),
  };

  it("reorders, trust and all", () => {
    expect(coveringPlaces(ids("a"), places)).toEqual({ positions: Float32Array.of(1, 2) });
    const trusted = { ...places, positions: Float32Array.of(1, 2, 3, 4), trust: Float32Array.of(0.5, 1) };
    expect(coveringPlaces(ids("b", "a"), trusted)).toEqual({
      positions: Float32Array.of(3, 4, 1, 2),
      trust: Float32Array.of(1, 0.5),
    });
  });

  it("is undefined when an item has no place", () => {
    expect(coveringPlaces(ids("a", "b"), places)).toBeUndefined();
    expect(coveringPlaces(ids("c"), places)).toBeUndefined();
  });
});
