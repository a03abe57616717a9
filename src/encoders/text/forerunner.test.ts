import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readGraph } from "../graph/read";
import { createForerunner } from "./forerunner";

const tiny = (name: string) =>
  Uint8Array.from(
    readFileSync(join(import.meta.dirname, `../../../e2e/fixtures/hub/tiny/${name}/onnx/model.onnx`)),
  );

describe("createForerunner", () => {
  it("reads until it is dismissed", async () => {
    const file = tiny("minilm");
    const forerunner = createForerunner(file, readGraph(file), "last_hidden_state");
    const read = forerunner?.read;
    if (!forerunner || !read) throw new Error("the network is not understood");
    const { signal } = new AbortController();
    const together = await read(
      [
        [2, 5, 3],
        [2, 3],
      ],
      signal,
    );
    const alone = await read([[2, 3]], signal);
    expect(together.length).toBe((alone.length / 2) * 5);
    expect(together.slice(-alone.length)).toEqual(alone);
    forerunner.dismiss();
    expect(forerunner.read).toBeUndefined();
    await expect(read([[2, 3]], signal)).rejects.toThrow(TypeError);
  });

  it("leaves networks of another form, and files that are cut short, to onnxruntime", () => {
    const roberta = tiny("roberta");
    const graph = readGraph(roberta);
    expect(createForerunner(roberta, graph, graph.outputs[0].name)).toBeUndefined();
    const file = tiny("minilm");
    const cut = file.slice(0, file.length / 2);
    expect(createForerunner(cut, readGraph(file), "last_hidden_state")).toBeUndefined();
  });
});
