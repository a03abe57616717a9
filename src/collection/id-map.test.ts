import fc from "fast-check";
import { expect, test } from "vitest";
import { IdMap } from "./id-map";
import { newItemId } from "./ids";
import type { ItemId } from "./types";

test("does what a map does", () => {
  const change = fc.record({ id: fc.nat(20).map((id) => `i${id}` as ItemId), value: fc.option(fc.nat()) });
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const [ours, truth] = [new IdMap<number>(), new Map<ItemId, number>()];
      for (const { id, value } of changes) {
        if (value === null) expect(ours.delete(id)).toBe(truth.delete(id));
        else {
          ours.set(id, value);
          truth.set(id, value);
        }
        expect(ours.size).toBe(truth.size);
      }
      for (let id = 0; id <= 20; id++) {
        const name = `i${id}` as ItemId;
        expect([ours.has(name), ours.get(name)]).toEqual([truth.has(name), truth.get(name)]);
      }
    }),
  );
});

test("spreads ids over its maps, which grow one after the other", () => {
  const grown: number[] = [];
  const sizes = new Map<Map<unknown, unknown>, number>();
  const set = Map.prototype.set;
  Map.prototype.set = function (key, value) {
    const size = this.size + 1;
    set.call(sizes, this, size);
    return set.call(this, key, value);
  };
  try {
    const map = new IdMap<number>();
    for (let at = 0; at < 200_000; at++) {
      map.set(newItemId(), at);
      // Tables double when they are full of a power of two.
      const [last] = [...sizes.values()];
      if (last > 1000 && Number.isInteger(Math.log2(last))) grown.push(at);
      sizes.clear();
    }
  } finally {
    Map.prototype.set = set;
  }
  // 64 maps that pass 1,024 and 2,048 entries: seldom two of them within the same 32 ids.
  expect(grown).toHaveLength(128);
  const close = grown.filter((at, index) => index > 0 && at - grown[index - 1] < 32).length;
  expect(close).toBeLessThan(64);
});
