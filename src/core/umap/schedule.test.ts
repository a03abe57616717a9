import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../random";
import type { FuzzyGraph } from "./fuzzy-graph";
import { type Schedule, scheduleEdges } from "./schedule";

function randomGraph(rows: number, count: number, seed: number): FuzzyGraph {
  const random = seededRandom(seed);
  const pairs = new Set<number>();
  for (let edge = 0; edge < count; edge++) {
    const [a, b] = [Math.floor(random() * rows), Math.floor(random() * rows)];
    if (a !== b) pairs.add(Math.min(a, b) * rows + Math.max(a, b));
  }
  const sorted = [...pairs].sort((a, b) => a - b);
  return {
    rows,
    heads: Int32Array.from(sorted, (pair) => Math.floor(pair / rows)),
    tails: Int32Array.from(sorted, (pair) => pair % rows),
    weights: Float32Array.from(sorted, () => 1 - random()),
  };
}

function written({ edges, blocks, write }: Schedule) {
  const [heads, tails, periods] = [new Int32Array(edges), new Int32Array(edges), new Float32Array(edges)];
  write(heads, tails, periods, 1);
  return { blocks, heads, tails, periods };
}

describe("a schedule of edges", () => {
  test("moves both ends of every edge that is strong enough, each in its own block, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6000 }),
        fc.integer({ min: 1, max: 400 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 1e6 }),
        (rows, count, share, seed) => {
          const graph = randomGraph(rows, count, seed);
          const movable = Math.ceil(share * rows);
          const { heads, tails, periods, blocks } = written(scheduleEdges(graph, 20, movable));
          const strongest = Math.max(...graph.weights);
          const wanted = new Map<string, number>();
          graph.weights.forEach((weight, edge) => {
            if (weight < strongest / 20) return;
            const [a, b] = [graph.heads[edge], graph.tails[edge]];
            if (a < movable) wanted.set(`${a} ${b}`, weight);
            if (b < movable) wanted.set(`${b} ${a}`, weight);
          });
          let row = 0;
          let edge = 0;
          for (const { firstRow, endRow, firstEdge, endEdge } of blocks) {
            expect([firstRow, firstEdge]).toEqual([row, edge]);
            [row, edge] = [endRow, endEdge];
            expect(endEdge % 4).toBe(0);
            for (let at = firstEdge; at < endEdge; at++) {
              if (periods[at] === Number.POSITIVE_INFINITY) continue;
              expect(heads[at]).toBeGreaterThanOrEqual(firstRow);
              expect(heads[at]).toBeLessThan(endRow);
              const key = `${heads[at]} ${tails[at]}`;
              expect(periods[at]).toBeCloseTo(strongest / wanted.get(key)!, 4);
              wanted.delete(key);
            }
          }
          expect(row).toBe(movable);
          expect(wanted.size).toBe(0);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("gives every row of a block a turn before any has its second", () => {
    const { heads, periods } = written(scheduleEdges(randomGraph(50, 300, 1), 500, 50));
    const turns = new Int32Array(50);
    let turn = 1;
    for (let at = 0; at < heads.length && Number.isFinite(periods[at]); at++) {
      expect(++turns[heads[at]]).toBeGreaterThanOrEqual(turn);
      turn = turns[heads[at]];
    }
    expect(turn).toBeGreaterThan(5);
  });
});
