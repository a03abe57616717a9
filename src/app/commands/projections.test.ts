import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { type Space, spaceId } from "../../core/space";
import { projectionChoices, projectionCommands, unavailability } from "./projections";

const word = (label: string, category?: string): Item => ({
  id: label as ItemId,
  kind: "text",
  label,
  category,
});
const space: Space = {
  id: spaceId("s"),
  title: "s",
  dimension: 4,
  metric: "cosine",
  modalities: ["text"],
};

describe("unavailability", () => {
  it("lets LDA part two categories of the shown space and no fewer", () => {
    const sport = word("football", "sport");
    const photo: Item = { ...word("photo", "fruit"), kind: "image" };
    expect(unavailability("lda", [word("foot")], space)).toContain("there is none");
    expect(unavailability("lda", [sport, photo], space)).toContain("there is one");
    expect(unavailability("lda", [sport, word("apple", "fruit")], space)).toBeUndefined();
    expect(
      unavailability("lda", [sport, photo], { ...space, modalities: ["text", "image"] }),
    ).toBeUndefined();
  });
  it("lets word axes be made only where words have vectors", () => {
    expect(unavailability("axes", [], space)).toBeUndefined();
    expect(unavailability("axes", [], { ...space, modalities: ["row"] })).toContain("text space");
    expect(unavailability("axes", [], { ...space, modalities: ["image"] })).toContain("text space");
  });
  it("asks nothing of the others", () => {
    for (const { method } of projectionChoices) {
      if (method === "lda" || method === "axes") continue;
      expect(unavailability(method, [], { ...space, modalities: ["row"] })).toBeUndefined();
    }
  });
});

describe("the projections", () => {
  it("have a command each, the reference last", () => {
    expect(projectionCommands.map(({ name }) => name)).toEqual([
      "map.umap",
      "map.tsne",
      "map.pca",
      "map.lda",
      "map.axes",
      "map.umap-js",
    ]);
  });
});
