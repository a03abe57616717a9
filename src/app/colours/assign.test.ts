import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { assignSlots, categorySlots, plainImageSlot, plainTextSlot, slotOf } from "./assign";
import { tallyByCategory } from "./legend";
import { legendOf } from "./tally";

let next = 0;
const word = (category?: string): Item => ({
  id: `i${next++}` as ItemId,
  kind: "text",
  label: "w",
  category,
});
const image = (category?: string): Item => ({ ...word(category), kind: "image" });

describe("assignSlots", () => {
  it("gives slots in order of first appearance", () => {
    const slots = assignSlots(new Map(), [word("sport"), word("fruit"), word("sport")]);
    expect([...slots]).toEqual([
      ["sport", 0],
      ["fruit", 1],
    ]);
  });

  it("keeps a category's slot when others go, and when it comes back", () => {
    const both = assignSlots(new Map(), [word("sport"), word("fruit")]);
    const one = assignSlots(both, [word("fruit")]);
    expect(one).toBe(both);
    expect(assignSlots(one, [word("fruit"), word("sport")]).get("sport")).toBe(0);
  });

  it("takes a slot nobody on the map uses before sharing one", () => {
    const both = assignSlots(new Map(), [word("sport"), word("fruit")]);
    expect(assignSlots(both, [word("fruit"), word("drink")]).get("drink")).toBe(0);
  });

  it("shares slots evenly beyond the last one", () => {
    const items = Array.from({ length: categorySlots * 2 }, (_, index) => word(`c${index}`));
    const used = [...assignSlots(new Map(), items).values()];
    for (let slot = 0; slot < categorySlots; slot++) {
      expect(used.filter((each) => each === slot)).toHaveLength(2);
    }
  });
});

describe("slotOf", () => {
  it("never gives a plain word the colour of a category on the map", () => {
    const slots = assignSlots(new Map(), [word("sport")]);
    expect(slotOf(word(), slots, true)).toBe(plainTextSlot);
    expect(slotOf(word(), slots, false)).toBe(0);
    expect(slotOf(image(), slots, true)).toBe(plainImageSlot);
  });
});

describe("a tally by category", () => {
  it("counts categories first, then kinds", () => {
    const items = [word(), word("sport"), image(), image("sport"), word("fruit")];
    const slots = assignSlots(new Map(), items);
    const legend = legendOf(
      tallyByCategory((each) => slotOf(each, slots, true)),
      items,
    );
    expect(legend.map(({ key, count }) => [key, count])).toEqual([
      ["category:sport", 2],
      ["category:fruit", 1],
      ["kind:text", 1],
      ["kind:image", 1],
    ]);
  });
});
