import { describe, expect, it } from "vitest";
import { createGate } from "./gate";

describe("createGate", () => {
  it("runs all jobs in order, never more than allowed at once", async () => {
    const gate = createGate(2);
    let running = 0;
    let most = 0;
    const started: number[] = [];
    const job = (id: number) => async () => {
      started.push(id);
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, id % 3));
      running -= 1;
      return id;
    };
    const ids = [0, 1, 2, 3, 4, 5, 6];
    expect(await Promise.all(ids.map((id) => gate(job(id))))).toEqual(ids);
    expect(started).toEqual(ids);
    expect(most).toBe(2);
  });

  it("goes on after a job that failed", async () => {
    const gate = createGate(1);
    const failing = gate(() => Promise.reject(new Error("no")));
    const next = gate(async () => "yes");
    await expect(failing).rejects.toThrow("no");
    expect(await next).toBe("yes");
  });
});
