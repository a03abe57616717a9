import { describe, expect, it } from "vitest";
import { createCollection, type ItemId, type Places } from "../../collection";
import { spaceId } from "../../core/space";
import { createFormerMaps } from "./former-maps";

const words = spaceId("words");

function map(options: string, items = 2): Places {
  const quality = {
    trustworthiness: 1,
    continuity: 1,
    preservation: 1,
    qualityNeighbours: 1,
    qualityError: 0,
  };
  return {
    dimensions: 2,
    ids: new Array<ItemId>(items).fill("a" as ItemId),
    positions: new Float32Array(2),
    made: { options, method: "pca", ...quality },
  };
}

describe("former maps", () => {
  const shown = (...maps: Places[]) => {
    const former = createFormerMaps(createCollection());
    for (const each of maps) former.show(words, each, true);
    return former;
  };

  it("are found by their space and options, as is the present one", () => {
    const collection = createCollection();
    const former = createFormerMaps(collection);
    const [flat, solid] = [map("2"), map("3")];
    former.show(words, flat, true);
    former.show(words, solid, true);
    expect(collection.places(words)).toBe(solid);
    expect(former.find(words, "2")).toBe(flat);
    expect(former.find(words, "3")).toBe(solid);
    expect(former.find(spaceId("letters"), "2")).toBeUndefined();
  });

  it("give way to a later map of the same", () => {
    const [first, later] = [map("2"), map("2")];
    expect(shown(first, map("3"), later, map("3")).find(words, "2")).toBe(later);
    expect(shown(first, later).find(words, "2")).toBe(later);
  });

  it("are not those of a part of what was to come", () => {
    const former = shown(map("2"));
    former.show(words, map("3"), false);
    expect(former.find(words, "2")).toBeUndefined();
  });

  it("are eight at most beside the present one, the latest", () => {
    const former = shown(...Array.from({ length: 10 }, (_, at) => map(`${at}`)));
    const found = ["0", "1", "8", "9"].map((options) => former.find(words, options) !== undefined);
    expect(found).toEqual([false, true, true, true]);
  });

  it("hold two million items at most, the latest", () => {
    const former = shown(...Array.from({ length: 4 }, (_, at) => map(`${at}`, 900_000)));
    const found = ["0", "1", "2", "3"].map((options) => former.find(words, options) !== undefined);
    expect(found).toEqual([false, true, true, true]);
  });
});
