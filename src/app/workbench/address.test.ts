import { describe, expect, it } from "vitest";
import { readAddress } from "./address";

describe("readAddress", () => {
  it.each([
    ["", { words: [], sample: undefined, device: "auto" }],
    [
      "?words=football,soccer,footwear",
      { words: ["football", "soccer", "footwear"], sample: undefined, device: "auto" },
    ],
    [
      "?words=ice%20cream%0Aone%2C%20two",
      { words: ["ice cream", "one, two"], sample: undefined, device: "auto" },
    ],
    ["?device=webgpu&sample=nouns", { words: [], sample: "nouns", device: "webgpu" }],
    ["?device=quantum&other=1", { words: [], sample: undefined, device: "auto" }],
  ] as const)("reads %j", (search, expected) => {
    expect(readAddress(search)).toEqual(expected);
  });
});
