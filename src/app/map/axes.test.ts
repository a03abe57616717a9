import { describe, expect, it } from "vitest";
import { DEFAULT_PROJECTION } from "../../projection/defaults";
import { axisCaptions, describeAxes } from "./axes";

const axes = [
  { from: "small", to: "large" },
  { from: "cold", to: "hot" },
];

describe("axisCaptions", () => {
  it("names PCA's components from 1, with the variance each explains", () => {
    const projection = { ...DEFAULT_PROJECTION, method: "pca" as const, components: [0, 2] };
    const captions = axisCaptions(
      { status: "done", method: "pca", explained: [0.344, 0.05] },
      projection,
      axes,
    );
    expect(captions).toEqual([
      { from: "", to: "component 1, 34 %" },
      { from: "", to: "component 3, 5 %" },
    ]);
  });
  it("names both ends of word axes, and the axis that was left to the map", () => {
    const projection = { ...DEFAULT_PROJECTION, method: "axes" as const, dimensions: 3 as const };
    const captions = axisCaptions({ status: "done", method: "axes" }, projection, axes);
    expect(captions.slice(0, 2)).toEqual(axes);
    expect(describeAxes(captions)).toBe(
      "Across: small to large. Upright: cold to hot. In depth: most of what is left.",
    );
  });
  it("goes by the method that was really used", () => {
    const asked = { ...DEFAULT_PROJECTION, method: "umap" as const };
    expect(axisCaptions({ status: "done", method: "pca" }, asked, axes)[1].to).toBe("component 2");
  });
  it("is silent while the map moves, and where axes mean nothing", () => {
    expect(axisCaptions({ status: "running", method: "pca" }, DEFAULT_PROJECTION, axes)).toEqual([]);
    expect(axisCaptions({ status: "done", method: "tsne" }, DEFAULT_PROJECTION, axes)).toEqual([]);
  });
});
