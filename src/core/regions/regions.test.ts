import { describe, expect, it } from "vitest";
import { gaussian, seededRandom } from "../random";
import { classTerms } from "./class-terms";
import { findCrowds } from "./crowds";
import { densityGrid } from "./density";
import { regionNames } from "./names";
import { contentWords } from "./words";

/** Round heaps of `each` points, the first at the origin, then along the first axis, `apart` apart. */
function heaps(count: number, each: number, dimensions: 2 | 3, apart = 10): Float32Array {
  const random = seededRandom(7);
  return Float32Array.from({ length: count * each * dimensions }, (_, at) => {
    const point = Math.floor(at / dimensions);
    return gaussian(random) + (at % dimensions === 0 ? apart * (point % count) : 0);
  });
}

describe("the density of a map", () => {
  it("counts a lone point as 1 at its own place", () => {
    const positions = Float32Array.of(0, 0, 100, 0, 0, 100, 100, 100);
    const { density, cells } = densityGrid(positions, 2);
    for (const cell of cells) expect(density[cell]).toBeCloseTo(1, 2);
  });
  it("has no cell for points without a place, and is one hill where all coincide", () => {
    const { density, cells } = densityGrid(Float32Array.of(1, 1, Number.NaN, 0, 1, 1), 2);
    expect(cells[1]).toBe(-1);
    expect(density[cells[0]]).toBeCloseTo(2, 5);
  });
});

describe("findCrowds", () => {
  it.each([2, 3] as const)(
    "finds heaps that lie apart, in %i dimensions, and every point's own",
    (dimensions) => {
      const { of, sizes, centres } = findCrowds(heaps(5, 200, dimensions), dimensions);
      expect(sizes.length).toBeGreaterThanOrEqual(5);
      // Each of the five largest regions holds points of one heap alone.
      for (let region = 0; region < 5; region++) {
        const heapsInside = new Set(
          Array.from(of).flatMap((at, point) => (at === region ? [point % 5] : [])),
        );
        expect(heapsInside.size).toBe(1);
        expect(centres[region]).toHaveLength(dimensions);
      }
    },
  );
  it("numbers regions by size, and is the same every time", () => {
    const positions = heaps(4, 100, 2);
    const first = findCrowds(positions, 2);
    expect([...first.sizes].sort((a, b) => b - a)).toEqual(first.sizes);
    expect(findCrowds(positions, 2)).toEqual(first);
  });
  it("leaves lone points outside, also far ones", () => {
    const positions = Float32Array.of(...heaps(2, 100, 2), 500, 500);
    expect(findCrowds(positions, 2).of.at(-1)).toBe(-1);
  });
  it("finds nothing on an empty map or among points without places", () => {
    expect(findCrowds(new Float32Array(), 2).sizes).toEqual([]);
    expect(findCrowds(new Float32Array(20).fill(Number.NaN), 2).sizes).toEqual([]);
  });
  it("takes less than a second of processor time for 10,000 points", () => {
    const positions = heaps(40, 250, 2);
    const before = process.cpuUsage();
    findCrowds(positions, 2);
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
  });
});

describe("classTerms", () => {
  it("is the published formula", () => {
    const documents = [
      ["ball", "game"],
      ["ball", "ball"],
      ["shoe", "game"],
    ];
    const [sport, wear] = classTerms(documents, [0, 0, 1], 3);
    // A = 6 words in 2 classes; "ball" is 3 of class 0's 4 words and stands 3 times in all.
    expect(sport[0]).toMatchObject({ term: "ball", documents: 2 });
    expect(sport[0].weight).toBeCloseTo((3 / 4) * Math.log(1 + 3 / 3), 10);
    expect(wear.map(({ term }) => term)).toEqual(["shoe", "game"]);
  });
  it("counts documents of no class only as common use", () => {
    const [terms] = classTerms([["ball", "game"], ["ball"], ["ball"]], [0, -1, -1], 2);
    expect(terms.map(({ term }) => term)).toEqual(["game", "ball"]);
  });
});

describe("the words of a text", () => {
  it("leaves out function words, numbers and single letters", () => {
    expect(contentWords("The ball is on 3 of a player's feet")).toEqual(["ball", "player's", "feet"]);
  });
  it("parts scripts without spaces", () => {
    expect(contentWords("東京都に住む").length).toBeGreaterThan(1);
  });
});

describe("the names of regions", () => {
  const labels = [
    ["soccer", "football"],
    ["shoe", "shoes", "boot"],
  ];
  it("are terms that several documents share", () => {
    const documents = ["a ball game", "a ball player", "leather shoes", "shoes of leather"];
    const names = regionNames({ documents, regions: [0, 0, 1, 1], count: 2, labels });
    expect(names[0]).toMatch(/^ball/);
    expect(names[1]).toContain("leather");
  });
  it("are typical items where every document is a word of its own, none twice", () => {
    const documents = ["soccer", "football", "boot", "shoe"];
    const names = regionNames({ documents, regions: [0, 0, 1, 1], count: 2, labels });
    expect(names).toEqual(["soccer · football", "shoe · boot"]);
  });
  it("are never what all documents share, nor two labels that differ by a number", () => {
    const documents = Array.from(
      { length: 8 },
      (_, at) => `photo number ${at} of a ${at < 4 ? "cat" : "tree"}`,
    );
    const numbered = [
      ["photo 3", "photo 1"],
      ["photo 7", "photo 5"],
    ];
    const regions = [0, 0, 0, 0, 1, 1, 1, 1];
    expect(regionNames({ documents, regions, count: 2, labels: numbered })).toEqual([
      "cat · photo 3",
      "tree · photo 7",
    ]);
    const alike = documents.map((_, at) => `photo ${at}`);
    expect(regionNames({ documents: alike, regions, count: 2, labels: numbered })).toEqual([
      "photo 3",
      "photo 7",
    ]);
  });
  it("cut labels that are sentences", () => {
    const sentence = "An extremely long sentence that goes on and on";
    const [name] = regionNames({ documents: ["x"], regions: [0], count: 1, labels: [[sentence]] });
    expect(name).toBe("An extremely long sentence…");
  });
});
