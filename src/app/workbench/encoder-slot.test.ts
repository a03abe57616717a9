import { beforeEach, expect, test } from "vitest";
import type { ErrorReport } from "../../core/errors";
import { spaceId } from "../../core/space";
import { type DeviceChoice, type EncoderSpec, page, type TextEncoderHandle } from "../../encoders";
import { createEncoderSlot, type EncoderSlot, idleEncoder, knownEncoder } from "./encoder-slot";
import type { EncoderState } from "./types";

const lost: ErrorReport = { name: "DeviceLost", message: "The graphics device was lost." };
const crashed: ErrorReport = { name: "WorkerCrashed", message: "A background worker was stopped." };
const minilm: EncoderSpec = { source: page("all-minilm-l6-v2") };
const lexical: EncoderSpec = { source: page("lexical") };

let state: EncoderState;
/** The devices that were asked for, in order. */
let devices: DeviceChoice[];
let closed: number;
let told: string[];
let slot: EncoderSlot<"text">;

/** A handle that only says what it is; the slot never looks inside. */
const handle = (spec: EncoderSpec, device: DeviceChoice) =>
  ({
    card: { title: "MiniLM-L6" },
    tap: { name: "last_hidden_state" },
    taps: () => [],
    poolings: () => [],
    space: { id: spaceId(JSON.stringify(spec)), dimension: 384 },
    device: { kind: device, threads: 1, title: device, reason: "You chose it." },
    close: () => closed++,
  }) as unknown as TextEncoderHandle;

beforeEach(() => {
  state = idleEncoder(knownEncoder(minilm));
  devices = [];
  closed = 0;
  told = [];
  slot = createEncoderSlot<"text">({
    modality: "text",
    device: () => "webgpu",
    async open(spec, { device }) {
      devices.push(device);
      return handle(spec, device);
    },
    state: () => state,
    publish: (next) => {
      state = next;
    },
    onRecovery: ({ name }) => told.push(name),
  });
});

test("a lost device gets a fresh worker, a second loss WASM, and that is said", async () => {
  expect(slot.recover(await slot.ready(), lost, 0)).toBe(true);
  expect(slot.recover(await slot.ready(), lost, 1)).toBe(true);
  const third = await slot.ready();
  expect(devices).toEqual(["webgpu", "webgpu", "wasm"]);
  expect(state).toMatchObject({ status: "ready", device: { kind: "wasm" } });
  expect(state.device?.reason).toContain("lost twice");
  expect(told).toEqual(["DeviceLost", "DeviceLost"]);
  expect(closed).toBe(2);
  expect(slot.current()).toBe(third);

  slot.reset();
  await slot.ready();
  expect(devices.at(-1)).toBe("webgpu");
});

test("a crashed worker is replaced once; two jobs that lost the same one share the next", async () => {
  const first = await slot.ready();
  expect(slot.recover(first, crashed, 0)).toBe(true);
  expect(slot.recover(first, crashed, 0)).toBe(true);
  const second = await slot.ready();
  expect(devices).toHaveLength(2);
  expect(slot.recover(second, crashed, 1)).toBe(false);
  expect(state.status).toBe("idle");
});

test("a job goes on with the encoder that was put in its place; other failures are its own", async () => {
  const seen: unknown[] = [];
  const result = await slot.run(async (encoder) => {
    seen.push(encoder.space.id);
    if (seen.length === 1) {
      void slot.use(lexical);
      throw new DOMException("The worker was closed.", "AbortError");
    }
    return "done";
  });
  expect(result).toBe("done");
  expect(seen).toEqual([JSON.stringify(minilm), JSON.stringify(lexical)]);
  await expect(slot.run(() => Promise.reject(new RangeError("no")))).rejects.toThrow("no");
  expect(devices).toHaveLength(2);
});

test("what is known of an encoder before it is loaded", () => {
  expect(knownEncoder(minilm)).toMatchObject({
    title: "MiniLM-L6",
    dimension: 384,
    space: "all-minilm-l6-v2",
  });
  const tapped = knownEncoder({ ...minilm, tap: "layer_0_output", pooling: "none" });
  expect(tapped).toMatchObject({ title: "MiniLM-L6", space: "all-minilm-l6-v2@layer_0_output:none" });
  const hub = knownEncoder({ source: { from: "hub", id: "org/tiny-bert" } });
  expect(hub).toMatchObject({ title: "tiny-bert", dimension: 0 });
  expect(() => knownEncoder({ source: page("nothing") })).toThrow(RangeError);
});

test("whoever waits for an encoder gets the one that was chosen meanwhile; its own chooser is told", async () => {
  const waiting = slot.ready();
  const first = slot.use(lexical);
  const second = slot.use(minilm);
  await expect(first).rejects.toMatchObject({ name: "Cancelled" });
  expect(await waiting).toBe(await second);
  expect(slot.current()).toBe(await second);
});
