import { describe, expect, it } from "vitest";
import { NamedError } from "../../core/errors";
import { reporting } from "./reporting";

describe("reporting", () => {
  it("counts results and failures, and an input with several vectors once", () => {
    const seen: unknown[] = [];
    const report = reporting<{ index: number }>(3, {
      onResults: () => {},
      onProgress: (progress) => seen.push(progress),
    });
    report.results([{ index: 0 }, { index: 1 }, { index: 1 }], []);
    report.results([], [{ index: 2, error: { name: "EmptyText", message: "Empty." } }]);
    expect(seen).toEqual([
      { done: 2, total: 3 },
      { done: 3, total: 3 },
    ]);
  });

  it("ends the call with what the caller's listener throws, and stops the work", async () => {
    const wrong = new Error("listener");
    const report = reporting<{ index: number }>(1, {
      onResults: () => {
        throw wrong;
      },
    });
    report.results([{ index: 0 }], []);
    expect(report.signal.aborted).toBe(true);
    await expect(report.until(Promise.reject(new NamedError("Cancelled", "Cancelled.")))).rejects.toBe(wrong);
    await expect(report.until(Promise.resolve())).rejects.toBe(wrong);
  });

  it("passes the caller's own cancel on", async () => {
    const controller = new AbortController();
    const report = reporting<{ index: number }>(1, { signal: controller.signal, onResults: () => {} });
    controller.abort();
    expect(report.signal.aborted).toBe(true);
    const cancelled = new NamedError("Cancelled", "Cancelled.");
    await expect(report.until(Promise.reject(cancelled))).rejects.toBe(cancelled);
  });
});
