import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holdsInOrder, indexRows, rowFinder, rowsOfIds } from "./rows";
import type { ItemId } from "./types";

const idsOf = (numbers: readonly number[]) => numbers.map((number) => `i${number}` as ItemId);

describe("rows of ids", () => {
  test("are indexed once a list", () => {
    const ids = idsOf([3, 1, 2]);
    expect(rowsOfIds(ids).get("i1" as ItemId)).toBe(1);
    expect(rowsOfIds(ids)).toBe(rowsOfIds(ids));
  });

  test("are indexed bit by bit, or the rest at once", () => {
    const ids = idsOf(Array.from({ length: 5000 }, (_, at) => at));
    let rounds = 0;
    while (!indexRows(ids, 0)) rounds++;
    expect(rounds).toBe(4);
    expect(rowsOfIds(ids).get("i4999" as ItemId)).toBe(4999);
    const others = idsOf(Array.from({ length: 5000 }, (_, at) => at % 3000));
    indexRows(others, 0);
    expect(rowsOfIds(others).size).toBe(3000);
    expect(rowsOfIds(others).get("i7" as ItemId)).toBe(3007);
  });

  test("are all on a list, or not", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(12)), fc.uniqueArray(fc.nat(12)), (listed, asked) => {
        const [list, ids] = [listed.sort(), asked.sort()].map(idsOf);
        const items = list.map((id) => ({ id }));
        expect(holdsInOrder(items, ids)).toBe(ids.every((id) => list.includes(id)));
      }),
    );
  });

  test("are found in whatever order they are asked for, those that are not there too", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), fc.array(fc.nat(40)), (listed, asked) => {
        const ids = idsOf(listed);
        for (const find of [rowFinder(ids), rowFinder(ids, 3)])
          for (const id of idsOf(asked))
            expect(find(id)).toBe(ids.includes(id) ? ids.indexOf(id) : undefined);
      }),
    );
  });
});
