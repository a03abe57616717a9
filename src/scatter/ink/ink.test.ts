import { describe, expect, it } from "vitest";
import { type Call, draw, randomDrawing } from "../../../e2e/random-drawing";
import { type InkList, Op } from "./list";
import { InkRecorder } from "./recorder";
import { replay } from "./replay";

/** The calls that replaying a list makes on a context. */
function replayed(list: InkList): Call[] {
  const calls: Call[] = [];
  const context = new Proxy(
    {},
    {
      get:
        (_, name) =>
        (...values: (string | number)[]) =>
          calls.push({ name: name as Call["name"], values }),
      set: (_, name, value) => calls.push({ name: name as Call["name"], values: [value] }) > 0,
    },
  );
  replay(list, context as CanvasRenderingContext2D);
  return calls;
}

describe("a recorded and replayed drawing", () => {
  it("calls the same, in the same order, with the same arguments", () => {
    for (let seed = 1; seed <= 60; seed++) {
      const calls = randomDrawing(seed, seed * 37);
      const ink = new InkRecorder();
      draw(calls, ink);
      expect(replayed(ink.take())).toEqual(calls);
    }
  });

  it("holds every operation among a few thousand", () => {
    const names = new Set(randomDrawing(1, 2000).map(({ name }) => name));
    expect([...names].sort()).toEqual(Object.keys(Op).sort());
  });

  it("survives being sent to a worker, its numbers moved", () => {
    const calls = randomDrawing(7, 500);
    const ink = new InkRecorder();
    draw(calls, ink);
    const list = ink.take();
    const arrived = structuredClone(list, { transfer: [list.numbers.buffer] });
    expect(list.numbers.length).toBe(0);
    expect(replayed(arrived)).toEqual(calls);
  });

  it("is whole in each of many taken one after another, whether memory is given back, late or never", () => {
    const ink = new InkRecorder();
    const late: InkList[] = [];
    for (let seed = 1; seed <= 40; seed++) {
      const calls = randomDrawing(seed, seed % 4 === 0 ? 3000 : 20 * seed);
      draw(calls.slice(0, 10), ink);
      // The list before comes back while the next is being written.
      for (const list of late.splice(0)) ink.reuse(list);
      draw(calls.slice(10), ink);
      const list = ink.take();
      expect(replayed(list)).toEqual(calls);
      if (seed % 3 === 0) late.push(list);
      else if (seed % 3 === 1) ink.reuse(list);
    }
    expect(replayed(ink.take())).toEqual([]);
  });

  it("takes no new memory where the last list's is given back", () => {
    const ink = new InkRecorder();
    draw(randomDrawing(1, 400), ink);
    const first = ink.take();
    ink.reuse(first);
    draw(randomDrawing(2, 400), ink);
    expect(ink.take().numbers).toBe(first.numbers);
  });

  it("holds each text once", () => {
    const ink = new InkRecorder();
    for (let at = 0; at < 100; at++) {
      ink.strokeText("football", at, at);
      ink.fillText("football", at, at);
    }
    expect(ink.take().texts).toEqual(["football"]);
  });

  it("says what is wrong with a list that was never recorded", () => {
    expect(() => replayed({ numbers: Float64Array.of(99), used: 1, texts: [] })).toThrow(/99, at 0 of 1/);
  });
});
