import { expect, test } from "vitest";
import { errorFromReport, isCancelled, NamedError, reportError, throwIfCancelled } from "./errors";

test("a named error survives as a report, with its advice", () => {
  const error = new NamedError("ModelCorrupt", "The model is damaged.", { advice: "Load it again." });
  const report = structuredClone(reportError(error));
  expect(report).toEqual({
    name: "ModelCorrupt",
    message: "The model is damaged.",
    advice: "Load it again.",
  });
  expect(errorFromReport(report)).toMatchObject(report);
  expect(errorFromReport(report)).toBeInstanceOf(NamedError);
});

test("anything else that was thrown is Unexpected, with its own message", () => {
  expect(reportError(new TypeError("x is no function"))).toEqual({
    name: "Unexpected",
    message: "x is no function",
  });
  expect(reportError("plain text")).toEqual({ name: "Unexpected", message: "plain text" });
});

test("cancelling is told from failing, whether by us or by the browser", () => {
  expect(isCancelled(new NamedError("Cancelled", "Cancelled."))).toBe(true);
  expect(isCancelled(new DOMException("Aborted", "AbortError"))).toBe(true);
  expect(isCancelled(new Error("Cancelled"))).toBe(false);
  expect(() => throwIfCancelled(AbortSignal.abort())).toThrow(expect.objectContaining({ name: "Cancelled" }));
  expect(() => throwIfCancelled(undefined)).not.toThrow();
  expect(() => throwIfCancelled(new AbortController().signal)).not.toThrow();
});
