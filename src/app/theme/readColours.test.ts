import { describe, expect, it } from "vitest";
import { toHex } from "./readColours";

describe("toHex", () => {
  it("turns a computed colour into six digits", () => {
    expect(toHex("rgb(47, 91, 234)")).toBe("#2f5bea");
    expect(toHex("rgb(0, 8, 255)")).toBe("#0008ff");
  });
  it("leaves what has no six digits alone", () => {
    expect(toHex("rgba(0, 0, 0, 0.5)")).toBe("rgba(0, 0, 0, 0.5)");
  });
});
