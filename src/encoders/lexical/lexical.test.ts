import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosine, norm } from "../../core/vectors";
import type { EncodeFailure, TextVector } from "../types";
import { openLexical } from "./encoder";
import { encodeLexical } from "./lexical";
import { forEachNgram } from "./ngrams";

const likeness = (a: string, b: string) => cosine(encodeLexical(a), encodeLexical(b));

describe("forEachNgram", () => {
  it("cuts marked words into pieces of 2 to 4 characters", () => {
    const pieces: string[] = [];
    forEachNgram("Foot ⚽", (piece) => pieces.push(piece));
    expect(pieces).toEqual(
      ["<f", "fo", "oo", "ot", "t>", "<fo", "foo", "oot", "ot>", "<foo", "foot", "oot>"].concat([
        "<⚽",
        "⚽>",
        "<⚽>",
      ]),
    );
  });
});

describe("encodeLexical", () => {
  it("puts football by footwear, far from soccer", () => {
    expect(likeness("football", "footwear")).toBeGreaterThan(0.3);
    expect(Math.abs(likeness("football", "soccer"))).toBeLessThan(0.1);
  });

  it("does not see case, width or the kind of white space, and sees the order of letters", () => {
    expect(likeness("Football", "football")).toBeCloseTo(1, 6);
    expect(likeness("ｆｏｏｔ", "foot")).toBeCloseTo(1, 6);
    expect(likeness("tea\u00a0cup", "tea  cup")).toBeCloseTo(1, 6);
    expect(likeness("listen", "silent")).toBeLessThan(0.5);
  });

  it("gives a finite vector of length 1 for anything visible, always the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", minLength: 1, maxLength: 60 }), (text) => {
        const vector = encodeLexical(text);
        expect(encodeLexical(text)).toEqual(vector);
        expect(vector).toHaveLength(1024);
        // A text of white space has nothing to count; n-grams of one text may cancel out, though hardly all.
        if (/\p{L}/u.test(text)) expect(norm(vector)).toBeCloseTo(1, 5);
      }),
    );
  });
});

describe("openLexical", () => {
  it("encodes, reports each text once, and names empty ones", async () => {
    const vectors: TextVector[] = [];
    const failures: EncodeFailure[] = [];
    const progress: number[] = [];
    await openLexical().encode(["football", "", "x".repeat(100_000), "football", "\0"], {
      onResults: (results, failed) => {
        vectors.push(...results);
        failures.push(...failed);
      },
      onProgress: ({ done, total }) => progress.push(done / total),
    });
    expect(vectors.map(({ index, truncated }) => [index, truncated])).toEqual([
      [0, false],
      [2, true],
      [3, false],
    ]);
    expect(failures.map(({ index, error }) => [index, error.name])).toEqual([
      [1, "EmptyText"],
      [4, "EmptyText"],
    ]);
    expect(vectors[0].vector).toEqual(vectors[2].vector);
    expect(progress.at(-1)).toBe(1);
  });

  it("never works for more than a slice at once, and stops when cancelled", async () => {
    const controller = new AbortController();
    const texts = Array.from({ length: 20_000 }, (_, index) => `word number ${index} and some more of them`);
    let seen = 0;
    const encoding = openLexical().encode(texts, {
      signal: controller.signal,
      onResults: (results) => {
        seen += results.length;
        controller.abort();
      },
    });
    await expect(encoding).rejects.toMatchObject({ name: "Cancelled" });
    expect(seen).toBeLessThan(texts.length);
  });
});
