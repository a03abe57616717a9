import { afterEach, expect, test, vi } from "vitest";
import { requestGpuAdapter } from "./gpu-adapter";

afterEach(() => vi.unstubAllGlobals());

/** A browser that gives these answers to requests for an adapter, one after the other. */
function answering(...answers: readonly (object | null | Error)[]) {
  const requestAdapter = vi.fn(async () => {
    const answer = answers[requestAdapter.mock.calls.length - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal("navigator", { gpu: { requestAdapter } });
  return requestAdapter;
}

const adapter = { info: { isFallbackAdapter: false } };

test.each([
  ["at once", [adapter], adapter, 1],
  ["at the second request", [null, adapter], adapter, 2],
  ["after a request that fails", [new Error("blocked"), adapter], adapter, 2],
  ["never", [null, null, adapter], null, 2],
] as const)("an adapter that comes %s", async (_, answers, expected, requests) => {
  const request = answering(...answers);
  expect(await requestGpuAdapter()).toBe(expected);
  expect(request).toHaveBeenCalledTimes(requests);
});

test("without WebGPU, or outside a browser, there is none", async () => {
  vi.stubGlobal("navigator", {});
  expect(await requestGpuAdapter()).toBeNull();
  vi.stubGlobal("navigator", undefined);
  expect(await requestGpuAdapter()).toBeNull();
});
