import { beforeEach, describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { createCollection, type Item, type ItemId, newItemId } from "../../collection";
import { NamedError } from "../../core/errors";
import { spaceId } from "../../core/space";
import { type EncodeOptions, encodeLexical, type TextVector } from "../../encoders";
import { type Context, createProblems, createTasks } from "./context";
import { createFiller, type Filler } from "./filler";
import { initialState, settingsOf } from "./initial";
import type { WorkbenchState } from "./types";

const space = {
  id: spaceId("letters"),
  title: "Letters",
  dimension: encodeLexical("a").length,
  metric: "cosine" as const,
  modalities: ["text" as const],
};

const tokenSpace = { ...space, id: spaceId("letters@a:none"), modalities: ["token" as const] };
const current = () => (byLetter ? tokenSpace : space);

/** Crashes still to come. */
let crashes: number;
/** A text that no worker outlives. */
const greedy = "greedy";
let encoded: string[];
let opened: number;
/** Whether each letter gets a vector of its own. */
let byLetter: boolean;
let context: Context;
let filler: Filler;

/** Encodes letters, one text a step, refuses the word "broken", and crashes when told to. */
async function encode(
  texts: readonly string[],
  { signal, onResults }: EncodeOptions<TextVector>,
): Promise<void> {
  for (const [index, text] of texts.entries()) {
    await new Promise((resolve) => setTimeout(resolve));
    signal?.throwIfAborted();
    if (crashes > 0) {
      crashes--;
      throw new NamedError("WorkerCrashed", "The worker stopped.");
    }
    if (text === greedy) throw new NamedError("WorkerCrashed", "Out of memory.");
    encoded.push(text);
    if (text === "broken")
      onResults([], [{ index, error: { name: "EncoderFailed", message: "No vector." } }]);
    else onResults(byLetter ? lettersOf(text, index) : [vectorOf(text, index)], []);
  }
}

const vectorOf = (text: string, index: number): TextVector => ({
  index,
  vector: encodeLexical(text),
  tokens: 0,
  truncated: false,
});

const lettersOf = (text: string, index: number): TextVector[] =>
  [...text].map((token, place) => ({
    ...vectorOf(token, index),
    part: { place, token, special: false, start: place, end: place + 1 },
  }));

function add(...texts: string[]): ItemId[] {
  const items = texts.map((text): Item => ({ id: newItemId(), kind: "text", label: text, text }));
  context.collection.add(items, "Add");
  return items.map(({ id }) => id);
}

const labels = () => context.collection.state().items.map(({ label }) => label);
const problemNames = () => context.store.getState().problems.map(({ error }) => error.name);

beforeEach(() => {
  crashes = 0;
  byLetter = false;
  opened = 0;
  encoded = [];
  const store = createStore<WorkbenchState>(() => initialState(settingsOf(undefined), "auto", false));
  context = {
    store,
    collection: createCollection(),
    tasks: createTasks(store),
    problems: createProblems(store),
  };
  filler = createFiller<string, TextVector>(context, {
    title: (total) => `Encoding ${total}`,
    input: (item) => item.text,
    async encoder() {
      opened++;
      return { space: current(), encode };
    },
    space: () => (opened > 0 ? current() : undefined),
    recover: (_, error, failures) => error.name === "WorkerCrashed" && failures < 1,
    onResults: () => undefined,
    onIdle: () => undefined,
  });
});

describe("createFiller", () => {
  it("gives every item a vector, also those added meanwhile", async () => {
    const first = filler.settled(add("ball", "goal"));
    const second = filler.settled(add("pitch"));
    expect((await first).size + (await second).size).toBe(0);
    expect(context.collection.count(space.id)).toBe(3);
    expect(encoded.sort()).toEqual(["ball", "goal", "pitch"]);
    await expect.poll(() => context.store.getState().tasks).toEqual([]);
  });

  it("keeps the rest when one item fails, names it, and does not try it for ever", async () => {
    const ids = add("ball", "broken", "goal");
    const failures = await filler.settled(ids);
    expect(failures.get(ids[1])).toMatchObject({ name: "EncoderFailed" });
    expect(labels()).toEqual(["ball", "goal"]);
    expect(problemNames()).toEqual(["EncoderFailed"]);
    expect(encoded.filter((text) => text === "broken")).toHaveLength(1);
  });

  it("opens a crashed encoder once more and goes on", async () => {
    crashes = 1;
    expect((await filler.settled(add("ball", "goal"))).size).toBe(0);
    expect(opened).toBe(2);
    expect(problemNames()).toEqual([]);
  });

  it("finds the item that no worker outlives, and names it; the others stand", async () => {
    const ids = add("ball", greedy, "shoe", "goal");
    const failed = await filler.settled(ids);
    expect([...failed.keys()]).toEqual([ids[1]]);
    expect(labels()).toEqual(["ball", "shoe", "goal"]);
    const { problems } = context.store.getState();
    expect(problems.map(({ input, error }) => [input, error.name])).toEqual([[greedy, "WorkerCrashed"]]);
  });

  it("gives up on an encoder that stops at one item after the other, and keeps those it did not come to", async () => {
    const ids = add("ball", ...Array.from({ length: 6 }, () => greedy));
    await expect(filler.settled(ids)).rejects.toMatchObject({ name: "WorkerCrashed" });
    expect(labels()).toEqual(["ball", greedy, greedy, greedy]);
  });

  it("gives up after a second crash, keeps the items, and offers Retry", async () => {
    crashes = 2;
    await expect(filler.settled(add("ball"))).rejects.toMatchObject({ name: "WorkerCrashed" });
    expect(labels()).toEqual(["ball"]);
    const [problem] = context.store.getState().problems;
    expect(problem.error.name).toBe("WorkerCrashed");
    problem.retry?.();
    expect((await filler.settled(context.collection.state().items.map(({ id }) => id))).size).toBe(0);
    expect(context.collection.count(space.id)).toBe(1);
  });

  it("leaves what is done and drops the rest when cancelled", async () => {
    const ids = add("ball", "goal", "pitch");
    const settled = filler.settled(ids);
    const stop = context.collection.subscribe(() => {
      if (context.collection.count(space.id) === 1) context.store.getState().tasks[0].cancel();
    });
    const failures = await settled;
    stop();
    expect(labels()).toEqual(["ball"]);
    expect([...failures.keys()]).toEqual(ids.slice(1));
    expect(failures.get(ids[1])).toMatchObject({ name: "Cancelled" });
  });

  it("settles for items that are removed before their turn", async () => {
    const ids = add("ball", "goal");
    const settled = filler.settled(ids);
    context.collection.remove(ids, "Remove");
    expect((await settled).size).toBe(0);
    expect(labels()).toEqual([]);
  });

  it("gives each token an item of its own, once, that comes and goes with its text", async () => {
    byLetter = true;
    const [ball] = add("ball");
    expect((await filler.settled([ball])).size).toBe(0);
    expect(labels()).toEqual(["ball", "b", "a", "l", "l"]);
    expect(context.collection.count(tokenSpace.id)).toBe(4);
    expect(context.collection.vector(tokenSpace.id, ball)).toBeUndefined();
    filler.retry();
    await expect.poll(() => filler.busy()).toBe(false);
    expect(context.collection.partsOf(ball)).toHaveLength(4);

    context.collection.remove([ball], "Remove");
    expect(labels()).toEqual([]);
    context.collection.undo();
    expect(labels()).toEqual(["ball", "b", "a", "l", "l"]);
    expect(context.collection.table(tokenSpace.id)?.ids).toHaveLength(4);
  });
});
