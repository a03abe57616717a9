import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { firstTrustSlot, plainTextSlot, tokenOf } from "./assign";
import { tallyByTrust, trustKey, trustSlotOf } from "./legend";
import { legendOf } from "./tally";
import { trustBin, trustBinLabel, trustBins, trustOf } from "./trust";

const ids = ["a", "b", "c"] as ItemId[];
const frame = { ids, dimensions: 2 as const, positions: new Float32Array(6) };
const word = (id: string): Item => ({ id: id as ItemId, kind: "text", label: id });

describe("trustBin", () => {
  it("parts [0, 1] into fifths, both ends included", () => {
    expect([0, 0.19, 0.2, 0.5, 0.8, 1].map(trustBin)).toEqual([0, 0, 1, 2, 4, 4]);
  });
  it("knows no fifth of what was not measured", () => {
    expect(trustBin(Number.NaN)).toBeUndefined();
    expect(trustBin(undefined)).toBeUndefined();
  });
  it("writes what each fifth spans", () => {
    expect(Array.from({ length: trustBins }, (_, bin) => trustBinLabel(bin))).toEqual([
      "0–0.2",
      "0.2–0.4",
      "0.4–0.6",
      "0.6–0.8",
      "0.8–1",
    ]);
  });
});

describe("trustOf", () => {
  it("finds an item's trust by its row, and makes one lookup for one set of numbers", () => {
    const trust = Float32Array.of(0.25, 1, Number.NaN);
    const lookup = trustOf({ ...frame, trust });
    expect(lookup?.of(ids[0])).toBe(0.25);
    expect(lookup?.of("elsewhere" as ItemId)).toBeUndefined();
    expect(trustOf({ ...frame, trust })).toBe(lookup);
  });
  it("has none while the layout moves, and none on maps too small for it", () => {
    expect(trustOf(frame)).toBeUndefined();
    expect(trustOf({ ...frame, trust: new Float32Array() })).toBeUndefined();
  });
});

describe("the legend of trust", () => {
  it("counts every fifth and what was not measured", () => {
    const trust = { of: (id: ItemId) => ({ a: 0.25, b: 0.95 })[id as string] };
    const items = ["a", "b", "c"].map(word);
    const legend = legendOf(tallyByTrust(trust), items);
    expect(legend.map(({ count }) => count)).toEqual([0, 1, 0, 0, 1, 1]);
    expect(legend[5]).toMatchObject({ key: "trust:none", slot: plainTextSlot });
    for (const item of items) {
      const entry = legend.find(({ key }) => key === trustKey(item, trust));
      expect(entry?.slot).toBe(trustSlotOf(item, trust));
    }
  });
  it("names the colours of the palette behind the categories", () => {
    expect(tokenOf(0)).toBe("data-0");
    expect(tokenOf(firstTrustSlot - 1)).toBe("data-14");
    expect(tokenOf(firstTrustSlot + trustBins - 1)).toBe("trust-4");
  });
});
