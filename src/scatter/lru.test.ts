import { describe, expect, it } from "vitest";
import { AtlasSlots } from "./atlas-slots";
import { Lru } from "./lru";

describe("Lru", () => {
  it("forgets what was used longest ago", () => {
    const lru = new Lru<string, number>(2);
    lru.set("a", 1);
    lru.set("b", 2);
    expect(lru.get("a")).toBe(1);
    lru.set("c", 3);
    expect(lru.oldest()).toEqual({ key: "a", value: 1 });
    expect([lru.get("a"), lru.get("b"), lru.get("c")]).toEqual([1, undefined, 3]);
  });

  it("replaces without forgetting another", () => {
    const lru = new Lru<string, number>(2);
    lru.set("a", 1);
    lru.set("b", 2);
    lru.set("b", 3);
    expect(lru.size).toBe(2);
    expect(lru.get("b")).toBe(3);
  });
});

describe("AtlasSlots", () => {
  it("gives every picture a cell of its own until all are taken, then that of the one used longest ago", () => {
    const slots = new AtlasSlots(2, 2);
    const given = ["a", "b", "c", "d"].map((key) => slots.take(key).slot);
    expect(new Set(given)).toEqual(new Set([0, 1, 2, 3]));
    slots.find("a");
    expect(slots.take("e")).toEqual({ slot: given[1], evicted: "b" });
    expect(slots.find("b")).toBeUndefined();
    expect(slots.take("c")).toEqual({ slot: given[2] });
  });

  it("starts anew when cleared", () => {
    const slots = new AtlasSlots(1, 1);
    slots.take("a");
    slots.clear();
    expect(slots.find("a")).toBeUndefined();
    expect(slots.take("b")).toEqual({ slot: 0 });
  });
});
