import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { NamedError } from "../../core/errors";
import { deferRuntime } from "./deferred-runtime";
import { nodeRuntime } from "./runtime.fixture";

const model = () =>
  Uint8Array.from(
    readFileSync(join(import.meta.dirname, "../../../e2e/fixtures/hub/tiny/minilm/onnx/model.onnx")),
  );

describe("deferRuntime", () => {
  it("starts with the first model, and once for all", async () => {
    let starts = 0;
    const runtime = deferRuntime(() => {
      starts += 1;
      return nodeRuntime();
    });
    expect(() => runtime.Tensor).toThrow(TypeError);
    expect(starts).toBe(0);
    const [first, second] = await Promise.all([runtime.open(model()), runtime.open(model())]);
    expect(starts).toBe(1);
    expect(first.inputs.map(({ name }) => name)).toContain("input_ids");
    expect(new runtime.Tensor("float32", [1, 2], [2]).size).toBe(2);
    await Promise.all([first.close(), second.close()]);
  });

  it("says again why it did not start: a worker can't start it twice", async () => {
    let starts = 0;
    const runtime = deferRuntime(() => {
      starts += 1;
      return Promise.reject(new NamedError("NetworkFailed", "The runtime did not come."));
    });
    await expect(runtime.open(model())).rejects.toThrow("did not come");
    await expect(runtime.open(model())).rejects.toThrow("did not come");
    expect(starts).toBe(1);
  });
});
