import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cosine, norm } from "../../core/vectors";
import { encodeOneHot, ONE_HOT_CARD } from "./one-hot";
import { Vocabulary, type WordStorage } from "./vocabulary";

function memory(): WordStorage & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
  };
}

describe("encodeOneHot", () => {
  it("puts all different words equally far, and the same word at the same place whatever its case", () => {
    const vocabulary = new Vocabulary(ONE_HOT_CARD.dimension);
    const vectors = ["football", "soccer", "footwear", "⚽", "it's"].map((text) =>
      encodeOneHot(text, vocabulary),
    );
    vectors.forEach((a, i) => {
      for (const b of vectors.slice(i + 1)) expect(cosine(a, b)).toBe(0);
    });
    expect(encodeOneHot("FOOTBALL", vocabulary)).toEqual(vectors[0]);
  });

  it("finds texts alike as far as they share words", () => {
    const vocabulary = new Vocabulary(ONE_HOT_CARD.dimension);
    const [kick, penalty] = ["kick", "penalty kick"].map((text) => encodeOneHot(text, vocabulary));
    expect(cosine(kick, penalty)).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it("gives a finite vector of length 1 for anything visible, always the same", () => {
    const vocabulary = new Vocabulary(ONE_HOT_CARD.dimension);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const vector = encodeOneHot(text, vocabulary);
        expect(encodeOneHot(text, vocabulary)).toEqual(vector);
        expect(norm(vector)).toBeCloseTo(/[^\s\p{Cc}]/u.test(text.normalize("NFKC")) ? 1 : 0, 5);
      }),
    );
  });
});

describe("a vocabulary", () => {
  it("is the same at the next visit, and agrees with another tab's", () => {
    const storage = memory();
    const first = new Vocabulary(4, storage);
    expect(["a", "b"].map((word) => first.axisOf(word))).toEqual([0, 1]);
    first.keep();
    const second = new Vocabulary(4, storage);
    expect(["c", "b"].map((word) => second.axisOf(word))).toEqual([2, 1]);
    second.keep();
    expect(["d", "c", "a"].map((word) => first.axisOf(word))).toEqual([3, 2, 0]);
  });

  it("lets words beyond its axes share one, always the same", () => {
    const vocabulary = new Vocabulary(2);
    for (const word of ["a", "b"]) vocabulary.axisOf(word);
    const axis = vocabulary.axisOf("word");
    expect([0, 1]).toContain(axis);
    expect(vocabulary.axisOf("word")).toBe(axis);
  });

  it("survives storage that holds nonsense or refuses", () => {
    for (const value of ["{", "7", '["a",3]']) {
      const storage = memory();
      storage.kept.set("nearfield.one-hot", value);
      expect(new Vocabulary(4, storage).axisOf("a")).toBe(0);
    }
    const full = new Vocabulary(4, {
      getItem: () => null,
      setItem() {
        throw new DOMException("full", "QuotaExceededError");
      },
    });
    full.axisOf("a");
    full.keep();
    expect(full.axisOf("b")).toBe(1);
  });
});
