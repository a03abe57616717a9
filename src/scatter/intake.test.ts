import { describe, expect, it } from "vitest";
import { Intake } from "./intake";

/** Steps that note themselves down. */
function* noting(name: string, count: number, notes: string[]): Generator<void> {
  for (let step = 0; step < count; step++) {
    if (step > 0) yield;
    notes.push(`${name} ${step}`);
  }
}

const rest = () => new Promise((resolve) => setTimeout(resolve, 50));

describe("Intake", () => {
  it("does all in later tasks, then what waited for it, in order", async () => {
    const notes: string[] = [];
    const intake = new Intake();
    intake.begin(noting("point", 3, notes));
    intake.afterwards(() => notes.push("selection"));
    intake.afterwards(() => notes.push("lines"));
    expect([intake.busy, notes]).toEqual([true, []]);
    await rest();
    expect(notes).toEqual(["point 0", "point 1", "point 2", "selection", "lines"]);
    expect(intake.busy).toBe(false);
    intake.afterwards(() => notes.push("at once"));
    expect(notes.at(-1)).toBe("at once");
  });

  it("finishes at once when it is asked to, and does nothing twice", async () => {
    const notes: string[] = [];
    const intake = new Intake();
    intake.begin(noting("point", 2, notes));
    intake.afterwards(() => notes.push("selection"));
    intake.finish();
    expect(notes).toEqual(["point 0", "point 1", "selection"]);
    expect(intake.busy).toBe(false);
    await rest();
    expect(notes.length).toBe(3);
  });

  it("drops points that others replace before anything was done with them", async () => {
    const notes: string[] = [];
    const intake = new Intake();
    intake.begin(noting("first", 2, notes));
    intake.begin(noting("second", 2, notes));
    await rest();
    expect(notes).toEqual(["second 0", "second 1"]);
  });

  it("takes points in to the end when something was said of them before others came", async () => {
    const notes: string[] = [];
    const intake = new Intake();
    intake.begin(noting("first", 2, notes));
    intake.afterwards(() => notes.push("selection"));
    intake.begin(noting("second", 1, notes));
    expect(notes).toEqual(["first 0", "first 1", "selection"]);
    await rest();
    expect(notes.at(-1)).toBe("second 0");
  });

  it("is free again after a failure", () => {
    const intake = new Intake();
    intake.begin(
      (function* (): Generator<void> {
        yield;
        throw new Error("no key");
      })(),
    );
    expect(() => intake.finish()).toThrow("no key");
    expect(intake.busy).toBe(false);
  });

  it("forgets all when it is stopped", async () => {
    const notes: string[] = [];
    const intake = new Intake();
    intake.begin(noting("point", 2, notes));
    intake.stop();
    await rest();
    expect([intake.busy, notes]).toEqual([false, []]);
  });
});
