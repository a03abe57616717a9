import { expect, test } from "vitest";
import { page } from "../source";
import type { EncoderSpec, Parity } from "../types";
import { withKnownParity } from "./known-parity";

const right: Parity = { probes: 4, cosine: 0.999, matches: true };
const wrong: Parity = { probes: 4, cosine: 0.01, matches: false };

/** Opens and checks a model; says whether it was really checked. */
async function isChecked(spec: EncoderSpec, kind: "wasm" | "webgpu", parity = right): Promise<boolean> {
  let checks = 0;
  const check = async () => {
    checks += 1;
    return parity;
  };
  expect(await withKnownParity({ check }, spec, { kind }).check()).toEqual(parity);
  return checks > 0;
}

test("another layer of a model that was right is not checked; the same one, and another device, are", async () => {
  const own = { source: page("a") };
  const layer = { ...own, tap: "block 1", pooling: "mean" } as const;
  expect(await isChecked(own, "webgpu")).toBe(true);
  expect(await isChecked(layer, "webgpu")).toBe(false);
  expect(await isChecked(layer, "webgpu"), "after a loss").toBe(true);
  expect(await isChecked(own, "webgpu")).toBe(false);
  expect(await isChecked(layer, "wasm")).toBe(true);
  expect(await isChecked({ source: page("b"), tap: "block 1" }, "webgpu")).toBe(true);
});

test("what was wrong is checked again, whatever is read", async () => {
  const own = { source: page("c") };
  expect(await isChecked(own, "webgpu", wrong)).toBe(true);
  expect(await isChecked({ ...own, tap: "block 1" }, "webgpu", wrong)).toBe(true);
});
