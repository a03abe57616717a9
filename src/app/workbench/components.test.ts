import { describe, expect, it } from "vitest";
import { componentsFor } from "./components";

describe("componentsFor", () => {
  it("keeps what is shown and adds the first that is not", () => {
    expect(componentsFor([1, 3], 3)).toEqual([1, 3, 0]);
    expect(componentsFor([0, 2], 3)).toEqual([0, 2, 1]);
    expect(componentsFor([2, 0, 5], 2)).toEqual([2, 0]);
    expect(componentsFor([1, 0], 2)).toEqual([1, 0]);
  });
  it("leaves the first ones to the projection", () => {
    expect(componentsFor(undefined, 3)).toBeUndefined();
  });
});
