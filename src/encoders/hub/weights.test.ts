import { describe, expect, it } from "vitest";
import type { FileAt } from "../load/files";
import { parseListing } from "./listing";
import { findWeights, onlyWeights } from "./weights";

const files = (...paths: string[]): Map<string, FileAt> =>
  new Map(paths.map((path) => [path, { from: "hub", url: `https://hub/a/b/resolve/c/${path}`, bytes: 10 }]));

const formats = (found: ReturnType<typeof findWeights>) => found.map(({ format }) => format);

describe("findWeights", () => {
  it("finds every number format that exists", () => {
    const found = findWeights(
      files(
        "onnx/model.onnx",
        "onnx/model_fp16.onnx",
        "onnx/model_quantized.onnx",
        "onnx/text_model.onnx",
        "x.onnx",
      ),
      "model",
    );
    expect(formats(found)).toEqual(["fp32", "fp16", "q8"]);
  });

  it("looks in the repository's root where there is no folder", () => {
    expect(formats(findWeights(files("model.onnx", "config.json"), "model"))).toEqual(["fp32"]);
    expect(findWeights(files("config.json"), "model")).toEqual([]);
  });

  it("counts weights outside of the graph, under the names that graphs give them", () => {
    const [fp32, fp16] = findWeights(
      files(
        "onnx/model.onnx",
        "onnx/model.onnx_data",
        "onnx/model.onnx_data_1",
        "onnx/model_fp16.onnx",
        "onnx/model_fp16.onnx.data",
      ),
      "model",
    );
    expect(Object.keys(fp32.external)).toEqual(["model.onnx_data", "model.onnx_data_1"]);
    expect(fp32.bytes).toBe(30);
    expect(Object.keys(fp16.external)).toEqual(["model_fp16.onnx.data"]);
  });
});

describe("onlyWeights", () => {
  it("takes a graph of any name when it is alone, and its format from the name's end", () => {
    expect(formats(onlyWeights(files("my-net.onnx", "notes.txt")))).toEqual(["fp32"]);
    expect(formats(onlyWeights(files("net_quantized.onnx")))).toEqual(["q8"]);
    expect(onlyWeights(files("a.onnx", "b.onnx"))).toEqual([]);
  });
});

describe("parseListing", () => {
  const where = { host: "https://hub", revision: "main" };
  const answer = {
    id: "a/b",
    sha: "c0ffee",
    gated: "manual",
    cardData: { license: "mit" },
    siblings: [
      { rfilename: "onnx/model é.onnx", size: 7, blobId: "b1", lfs: { sha256: "5ha", size: 7 } },
      { rfilename: "config.json", size: 3, blobId: "b2" },
      { rfilename: "without-size" },
    ],
  };

  it("reads files with their checksums, the licence, and whether it is gated", () => {
    const listing = parseListing(answer, where);
    expect(listing).toMatchObject({ id: "a/b", commit: "c0ffee", licence: "mit", gated: true });
    expect([...listing.files.values()]).toEqual([
      {
        from: "hub",
        url: "https://hub/a/b/resolve/c0ffee/onnx/model%20%C3%A9.onnx",
        bytes: 7,
        sha256: "5ha",
      },
      { from: "hub", url: "https://hub/a/b/resolve/c0ffee/config.json", bytes: 3, blobId: "b2" },
    ]);
  });

  it("refuses another answer, and is open where nothing is said of a gate", () => {
    expect(() => parseListing({ id: "a/b" }, where)).toThrow(
      expect.objectContaining({ name: "ModelCorrupt" }),
    );
    expect(parseListing({ ...answer, gated: undefined }, where).gated).toBe(false);
  });
});
