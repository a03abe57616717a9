import { describe, expect, it } from "vitest";
import { axesFrom, axisRows, wholeNumber } from "./drafts";

describe("wholeNumber", () => {
  const rule = { min: 1, max: 100, optional: false };
  it("reads whole numbers in range", () => {
    expect(wholeNumber(" 42 ", rule)).toBe(42);
    expect(wholeNumber("1", rule)).toBe(1);
    expect(wholeNumber("100", rule)).toBe(100);
  });
  it("refuses everything else", () => {
    for (const text of ["0", "101", "-3", "1.5", "1e2", "many", ""])
      expect(wholeNumber(text, rule)).toBeNull();
  });
  it("takes an empty field for undefined where that is allowed", () => {
    expect(wholeNumber("  ", { ...rule, optional: true })).toBeUndefined();
    expect(wholeNumber("x", { ...rule, optional: true })).toBeNull();
  });
});

describe("the rows of axes", () => {
  const chosen = [
    { from: "small", to: "large" },
    { from: "cold", to: "hot" },
  ];
  const blank = { from: "", to: "" };
  it("are as many as the map has dimensions", () => {
    expect(axisRows(chosen, 3)).toEqual([...chosen, blank]);
    expect(axisRows(chosen, 2)).toEqual(chosen);
  });
  it("count when they are filled, tidied", () => {
    expect(axesFrom([{ from: " slow ", to: "fast" }, chosen[1]], chosen)).toEqual([
      { from: "slow", to: "fast" },
      chosen[1],
    ]);
    expect(axesFrom([chosen[0], blank], chosen)).toEqual([chosen[0]]);
  });
  it("wait while one is half filled, and are nothing new when nothing changed", () => {
    expect(axesFrom([chosen[0], { from: "cold", to: " " }], chosen)).toBeUndefined();
    expect(axesFrom([blank, blank], chosen)).toBeUndefined();
    expect(axesFrom(axisRows(chosen, 3), chosen)).toBeUndefined();
  });
  it("keep a third axis while two are on the map", () => {
    const three = [...chosen, { from: "old", to: "new" }];
    expect(axesFrom([{ from: "slow", to: "fast" }, chosen[1]], three)).toHaveLength(3);
  });
});
