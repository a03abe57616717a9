import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowFinder, rowsOfIds } from "./rows";
import type { ItemId } from "./types";

const idsOf = (numbers: readonly number[]) => numbers.map((number) => `i${number}` as ItemId);

describe("rows of ids", () => {
  test("are indexed once a list", () => {
    const ids = idsOf([3, 1, 2]);
    expect(rowsOfIds(ids).get("i1" as ItemId)).toBe(1);
    expect(rowsOfIds(ids)).toBe(rowsOfIds(ids));
  });

  test("are found in whatever order they are asked for, those that are not there too", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(30)), fc.array(fc.nat(40)), (listed, asked) => {
        const ids = idsOf(listed);
        const find = rowFinder(ids);
        for (const id of idsOf(asked)) expect(find(id)).toBe(ids.includes(id) ? ids.indexOf(id) : undefined);
      }),
    );
  });
});
