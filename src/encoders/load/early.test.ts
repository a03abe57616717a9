import { describe, expect, it } from "vitest";
import { NamedError } from "../../core/errors";
import type { ModelCard } from "../card";
import type { LoadProgress } from "../types";
import { EarlyOpening } from "./early";
import type { Opened, OpenInput } from "./open-model";

const input = (id: string, build = "wasm") =>
  ({ card: { id }, runtime: "/ort/", plan: { build } }) as unknown as OpenInput<ModelCard>;
const context = (seen: LoadProgress[] = [], signal = new AbortController().signal) => ({
  signal,
  progress: (progress: LoadProgress) => void seen.push(progress),
});
const half: LoadProgress = { stage: "download", loaded: 1, total: 2, bytesPerSecond: 0 };

describe("EarlyOpening", () => {
  it("gives what was begun to the one who asks for the same, with the progress so far", async () => {
    let opened = 0;
    const early = new EarlyOpening(input("a"), async ({ card }, { progress }) => {
      opened++;
      progress(half);
      return { card } as Opened<ModelCard>;
    });
    const seen: LoadProgress[] = [];
    expect((await early.take(input("a"), context(seen)))?.card.id).toBe("a");
    expect(seen).toEqual([half]);
    expect(opened).toBe(1);
  });

  it("passes its failure on", async () => {
    const early = new EarlyOpening(input("a"), async () => {
      throw new NamedError("ModelCorrupt", "Damaged.");
    });
    await expect(early.take(input("a"), context())).rejects.toMatchObject({ name: "ModelCorrupt" });
  });

  it.each([
    ["another model", input("b")],
    ["another device", input("a", "jspi")],
  ])("is given up when %s is asked for", async (_, asked) => {
    let given: AbortSignal | undefined;
    const early = new EarlyOpening(input("a"), async ({ card }, { signal }) => {
      given = signal;
      return { card } as Opened<ModelCard>;
    });
    expect(early.take(asked, context())).toBeUndefined();
    expect(given?.aborted).toBe(true);
  });

  it("is cancelled with its taker", async () => {
    const controller = new AbortController();
    const early = new EarlyOpening(
      input("a"),
      (_, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener("abort", () => reject(new NamedError("Cancelled", "Cancelled.")));
        }),
    );
    const taken = early.take(input("a"), context([], controller.signal));
    controller.abort();
    await expect(taken).rejects.toMatchObject({ name: "Cancelled" });
  });
});
