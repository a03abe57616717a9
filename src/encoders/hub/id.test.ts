import { describe, expect, it } from "vitest";
import { parseHubId } from "./id";

describe("parseHubId", () => {
  it.each([
    ["Xenova/all-MiniLM-L6-v2", { id: "Xenova/all-MiniLM-L6-v2" }],
    ["  bert-base-uncased ", { id: "bert-base-uncased" }],
    ["a/b@v1.0", { id: "a/b", revision: "v1.0" }],
    ["a/b@refs/pr/3", { id: "a/b", revision: "refs/pr/3" }],
    ["https://huggingface.co/Xenova/vit-base-patch16-224", { id: "Xenova/vit-base-patch16-224" }],
    ["huggingface.co/a/b/", { id: "a/b" }],
    ["https://hf.co/a/b?library=x#top", { id: "a/b" }],
    ["https://huggingface.co/a/b/tree/main/onnx", { id: "a/b" }],
    ["https://huggingface.co/a/b/blob/refs%2Fpr%2F1/onnx/model.onnx", { id: "a/b", revision: "refs/pr/1" }],
  ])("reads %s", (text, id) => {
    expect(parseHubId(text)).toEqual(id);
  });

  it.each([
    "",
    "a/b/c",
    "a b/c",
    "https://huggingface.co/datasets/a/b",
    "https://example.org/a/b",
    "../etc",
    "a//b",
  ])("refuses “%s”", (text) => {
    expect(() => parseHubId(text)).toThrow(expect.objectContaining({ name: "ModelNotFound" }));
  });
});
