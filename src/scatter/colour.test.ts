import { describe, expect, it } from "vitest";
import { mixColours } from "./colour";

describe("mixColours", () => {
  it("goes from the one to the other", () => {
    expect(mixColours([0, 0, 0], [1, 0.5, 0], 0.5)).toEqual([0.5, 0.25, 0]);
  });
});
