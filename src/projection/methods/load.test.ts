import { expect, it } from "vitest";
import { METHODS, type ProjectionMethod } from "./catalogue";
import { coded, loadMethod } from "./load";

it("has code for each method of the catalogue, and an entry for each code", async () => {
  expect(coded.toSorted()).toEqual(Object.keys(METHODS).toSorted());
  for (const name of Object.keys(METHODS) as ProjectionMethod[]) {
    expect((await loadMethod(name)).layOut, name).toBeTypeOf("function");
  }
});
