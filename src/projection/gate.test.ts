import { describe, expect, test } from "vitest";
import { Gate } from "./gate";

const never = new AbortController().signal;
const turn = () => new Promise<void>((resolve) => setTimeout(resolve));

describe("a gate", () => {
  test("lets through while it is open, and all that wait when it opens", async () => {
    const gate = new Gate();
    await gate.passed(never);
    gate.close();
    let passed = 0;
    const waiting = [1, 2].map(() => gate.passed(never).then(() => passed++));
    await turn();
    expect(passed).toBe(0);
    gate.open();
    await Promise.all(waiting);
    expect(passed).toBe(2);
  });

  test("lets go of those whose job was cancelled, and of them alone", async () => {
    const gate = new Gate();
    gate.close();
    const controller = new AbortController();
    let passed = false;
    void gate.passed(never).then(() => {
      passed = true;
    });
    const cancelled = gate.passed(controller.signal);
    controller.abort();
    await cancelled;
    await turn();
    expect(passed).toBe(false);
  });

  test("counts the time it was closed", async () => {
    const gate = new Gate();
    expect(gate.milliseconds).toBe(0);
    gate.close();
    gate.close();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(gate.milliseconds).toBeGreaterThan(10);
    gate.open();
    const closed = gate.milliseconds;
    await turn();
    expect(gate.milliseconds).toBe(closed);
  });
});
