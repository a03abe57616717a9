import { describe, expect, it } from "vitest";
import { NamedError } from "../../core/errors";
import type { ModelCard } from "../card";
import type { LoadProgress } from "../types";
import { EarlyOpening } from "./early";
import type { Opened, OpenInput, RuntimePlan } from "./open-model";

const wasm: RuntimePlan = { kind: "wasm", threads: 2, build: "wasm" };
const input = (id: string, plan = wasm) =>
  ({ card: { id }, runtime: "/ort/", plan }) as unknown as OpenInput<ModelCard>;
const context = (seen: LoadProgress[] = [], signal = new AbortController().signal) => ({
  signal,
  progress: (progress: LoadProgress) => void seen.push(progress),
});
const half: LoadProgress = { stage: "download", loaded: 1, total: 2, bytesPerSecond: 0 };

describe("EarlyOpening", () => {
  it("gives what was begun to the one who asks for the same, with the progress so far", async () => {
    let opened = 0;
    const early = new EarlyOpening(
      async () => input("a"),
      async ({ card }, _, { progress }) => {
        opened++;
        progress(half);
        return { card } as Opened<ModelCard>;
      },
    );
    early.planned(wasm);
    const seen: LoadProgress[] = [];
    expect((await early.take(input("a"), context(seen)))?.card.id).toBe("a");
    expect(seen).toEqual([half]);
    expect(opened).toBe(1);
  });

  it("passes its failure on", async () => {
    const early = new EarlyOpening(
      async () => input("a"),
      async () => {
        throw new NamedError("ModelCorrupt", "Damaged.");
      },
    );
    early.planned(wasm);
    await expect(early.take(input("a"), context())).rejects.toMatchObject({ name: "ModelCorrupt" });
  });

  it.each([
    ["another model", input("b")],
    ["another device", input("a", { kind: "webgpu", threads: 1, build: "jspi" })],
  ])("is given up when %s is asked for", async (_, asked) => {
    let given: AbortSignal | undefined;
    const early = new EarlyOpening(
      async () => input("a"),
      async ({ card }, _, { signal }) => {
        given = signal;
        return { card } as Opened<ModelCard>;
      },
    );
    early.planned(wasm);
    expect(await early.take(asked, context())).toBeUndefined();
    expect(given?.aborted).toBe(true);
  });

  it("opens nothing when it can't find out what to open", async () => {
    const early = new EarlyOpening<ModelCard>(
      async () => {
        throw new NamedError("ModelNotFound", "Not there.");
      },
      async () => {
        throw new Error("was opened");
      },
    );
    expect(await early.take(input("a"), context())).toBeUndefined();
  });

  it("is cancelled with its taker", async () => {
    const controller = new AbortController();
    const early = new EarlyOpening(
      async () => input("a"),
      (_, __, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new NamedError("Cancelled", "Cancelled.")));
        }),
    );
    early.planned(wasm);
    const taken = early.take(input("a"), context([], controller.signal));
    controller.abort();
    await expect(taken).rejects.toMatchObject({ name: "Cancelled" });
  });
});
