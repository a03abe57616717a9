import fc from "fast-check";
import { expect, test } from "vitest";
import { TopK } from "./top-k";

/** What is to be kept, by sorting everything. */
function bruteForce(similarities: readonly number[], k: number) {
  return similarities
    .map((similarity, index) => ({ index, similarity }))
    .filter(({ similarity }) => !Number.isNaN(similarity))
    .sort((a, b) => b.similarity - a.similarity || a.index - b.index)
    .slice(0, k);
}

test("keeps what sorting keeps, ties in row order, in whatever order rows are offered", () => {
  // Few distinct values, so that ties are common.
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN), fc.constant(-Infinity));
  fc.assert(
    fc.property(
      fc.array(value, { maxLength: 40 }),
      fc.nat(12),
      fc.infiniteStream(fc.nat()),
      (all, k, keys) => {
        const order = all
          .map((_, index) => ({ index, key: keys.next().value }))
          .sort((a, b) => a.key - b.key);
        const top = new TopK(k);
        for (const { index } of order) top.offer(index, all[index]);
        expect(top.sorted()).toEqual(bruteForce(all, k));
      },
    ),
    { numRuns: 500 },
  );
});

test("nothing below the threshold would have entered", () => {
  const top = new TopK(2);
  expect(top.threshold).toBe(Number.NEGATIVE_INFINITY);
  for (const [index, similarity] of [3, 1, 2].entries()) top.offer(index, similarity);
  expect(top.threshold).toBe(2);
  expect(new TopK(0).threshold).toBe(Number.POSITIVE_INFINITY);
});
