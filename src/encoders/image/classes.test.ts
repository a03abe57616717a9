import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseClassNames, topClasses } from "./classes";

describe("topClasses", () => {
  it("gives softmax over all classes, best first", () => {
    const [first, second] = topClasses(Float32Array.of(0, Math.log(3), Math.log(6)), ["a", "b", "c"], 2);
    expect(first).toMatchObject({ index: 2, name: "c" });
    expect(second).toMatchObject({ index: 1, name: "b" });
    expect(first.probability).toBeCloseTo(0.6, 6);
    expect(second.probability).toBeCloseTo(0.3, 6);
  });

  it("sums to 1 over all classes, however large the logits", () => {
    const logits = fc.float32Array({ minLength: 1, maxLength: 50, noNaN: true, min: -1e6, max: 1e6 });
    fc.assert(
      fc.property(logits, (values) => {
        const names = Array.from(values, String);
        const classes = topClasses(values, names, values.length);
        expect(classes.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        for (let i = 1; i < classes.length; i++) {
          expect(classes[i].probability).toBeLessThanOrEqual(classes[i - 1].probability);
        }
      }),
    );
  });
});

describe("parseClassNames", () => {
  it("takes a list of names and nothing else", () => {
    expect(parseClassNames(["tench"], "classes.json")).toEqual(["tench"]);
    for (const bad of [[], {}, ["tench", 1], "tench", null]) {
      expect(() => parseClassNames(bad, "classes.json")).toThrow(/classes\.json is damaged/);
    }
  });
});
