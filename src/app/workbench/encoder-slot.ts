import { type ErrorReport, isCancelled, NamedError, reportError } from "../../core/errors";
import { editionId, type Modality, spaceId } from "../../core/space";
import {
  type DeviceChoice,
  type DeviceUsed,
  type EncoderSpec,
  type ImageEncoderHandle,
  type OpenOptions,
  shippedEncoders,
  sourceId,
  type TextEncoderHandle,
} from "../../encoders";
import type { EncoderState } from "./types";

interface Handles {
  text: TextEncoderHandle;
  image: ImageEncoderHandle;
}

/** The place of the current text or image encoder: opens it when first needed, keeps it, changes it. */
export interface EncoderSlot<M extends Modality> {
  /** The open encoder, if any. */
  current(): Handles[M] | undefined;
  /** Opens the encoder unless it is open or opening. Rejects with what went wrong, or `Cancelled`. */
  ready(): Promise<Handles[M]>;
  /** Resolves once the encoder is open and was compared with its reference. Rejects as `ready` does. */
  checked(): Promise<void>;
  /** Puts another encoder in place; the old one's worker and memory are given back. */
  use(spec: EncoderSpec): Promise<Handles[M]>;
  /** Closes the encoder, so that the next `ready` opens it anew, on another device perhaps. */
  reset(): void;
  /**
   * Says whether a job that failed is worth another try, and makes it possible: closes an encoder whose worker or device
   * is gone, so that the next `ready` takes a fresh worker, and WASM after a second lost device. True as well when the
   * job's encoder was put away meanwhile. `failures` counts the job's earlier ones.
   */
  recover(encoder: { readonly space: unknown }, error: ErrorReport, failures: number): boolean;
  /** Runs a job on the encoder, and again on a fresh one where `recover` says so. Rejects as the job does. */
  run<T>(job: (encoder: Handles[M]) => Promise<T>): Promise<T>;
  /** Gives up opening. */
  cancel(): void;
}

interface SlotOptions<M extends Modality> {
  readonly modality: M;
  readonly device: () => DeviceChoice;
  readonly open: (spec: EncoderSpec, options: OpenOptions) => Promise<Handles[M]>;
  readonly state: () => EncoderState;
  readonly publish: (state: EncoderState) => void;
  /** Called when a worker or device was lost and a fresh one takes over. */
  readonly onRecovery: (error: ErrorReport) => void;
}

/** A crash may be bad luck; the same crash on a fresh worker is not. */
const MOST_CRASHES = 1;

/** After this many lost devices WASM takes over, which has no device to lose. */
const MOST_LOSSES = 2;

/** What is remembered of an encoder that is not loaded. */
export interface KnownEncoder {
  readonly spec: EncoderSpec;
  readonly title: string;
  /** 0 while it is not known. */
  readonly dimension: number;
  readonly space: string;
}

/**
 * What is known of an encoder before it is loaded: all of one that ships with the page, as its card has it; else what
 * `before`, the same model under another tap perhaps, says, or its name alone. Throws `RangeError` for an id that should
 * ship with the page and does not.
 */
export function knownEncoder(spec: EncoderSpec, before?: KnownEncoder): KnownEncoder {
  const id = sourceId(spec.source);
  const shipped = shippedEncoders().find((encoder) => encoder.id === id);
  if (spec.source.from === "page" && !shipped) {
    throw new RangeError(`No encoder is called ${JSON.stringify(id)}.`);
  }
  const isCards = spec.tap === undefined && spec.pooling === undefined;
  const same = before && sourceId(before.spec.source) === id ? before : undefined;
  const title = shipped?.title ?? same?.title ?? id.slice(id.indexOf("/") + 1);
  const dimension = (isCards ? shipped?.dimension : undefined) ?? same?.dimension ?? 0;
  const own = editionId(id, shipped?.edition);
  return { spec, title, dimension, space: isCards ? own : `${own}@${spec.tap ?? ""}:${spec.pooling ?? ""}` };
}

/** What is known of the layers of a model that was open before. */
type KnownLayers = Pick<EncoderState, "tap" | "pooling" | "poolings" | "taps">;

/** The state of an encoder that is known but not loaded. */
export function idleEncoder(known: KnownEncoder & Partial<KnownLayers>): EncoderState {
  const { space, spec, title, dimension, taps = [], poolings = [], tap, pooling } = known;
  const id = sourceId(spec.source);
  const layers = { taps, poolings, tap, pooling };
  return { spec, id, title, dimension, space: spaceId(space), status: "idle", ...layers };
}

/** The layers of the model in `before`, read as `spec` says, when it is one of the same model; else nothing. */
function knownLayers(spec: EncoderSpec, before: EncoderState): Partial<KnownLayers> {
  if (spec.source.from === "files" || sourceId(spec.source) !== before.id) return {};
  const { taps, poolings } = before;
  const tap = spec.tap === undefined ? undefined : taps.find(({ name }) => name === spec.tap);
  return { taps, poolings, tap, pooling: spec.pooling };
}

export function createEncoderSlot<M extends Modality>(options: SlotOptions<M>): EncoderSlot<M> {
  let opening: { promise: Promise<Handles[M]>; controller: AbortController } | undefined;
  let handle: Handles[M] | undefined;
  let losses = 0;

  const deviceOf = ({ device }: Handles[M]): DeviceUsed =>
    losses >= MOST_LOSSES
      ? { ...device, reason: "The graphics device was lost twice, so WASM is used." }
      : device;

  const close = () => {
    opening?.controller.abort();
    opening = undefined;
    handle?.close();
    handle = undefined;
  };

  const reset = () => {
    close();
    losses = 0;
    options.publish(idleEncoder(options.state()));
  };

  const open = (note?: string): Promise<Handles[M]> => {
    const controller = new AbortController();
    const base = idleEncoder(options.state());
    const isCurrent = () => opening?.controller === controller;
    options.publish({ ...base, status: "loading", note });
    const promise = options
      .open(base.spec, {
        device: losses >= MOST_LOSSES ? "wasm" : options.device(),
        signal: controller.signal,
        onProgress: (progress) => {
          if (isCurrent()) options.publish({ ...base, status: "loading", progress, note });
        },
      })
      .then(
        (opened) => {
          if (!isCurrent()) {
            opened.close();
            throw new NamedError("Cancelled", "Another encoder was chosen.");
          }
          opening = undefined;
          handle = opened;
          options.publish({
            ...base,
            title: opened.card.title,
            dimension: opened.space.dimension,
            space: opened.space.id,
            status: "ready",
            device: deviceOf(opened),
            tap: opened.tap,
            pooling: opened.pooling,
            taps: opened.taps(),
            poolings: opened.poolings(opened.tap.name),
          });
          void check(opened).catch(() => undefined);
          return opened;
        },
        (thrown) => {
          if (isCurrent()) {
            opening = undefined;
            options.publish(
              isCancelled(thrown) ? base : { ...base, status: "failed", error: reportError(thrown) },
            );
          }
          throw thrown;
        },
      );
    opening = { promise, controller };
    return promise;
  };

  /** Shows what the check found. In a task of its own: whoever waited for the encoder asks first. */
  const check = async (opened: Handles[M]): Promise<void> => {
    await new Promise((resolve) => setTimeout(resolve));
    try {
      const parity = await opened.check();
      // What reads the first words may not be what reads the rest.
      if (handle === opened) options.publish({ ...options.state(), parity, device: deviceOf(opened) });
    } catch (thrown) {
      if (handle === opened) {
        close();
        const idle = idleEncoder(options.state());
        options.publish({ ...idle, status: "failed", error: reportError(thrown) });
      }
      throw thrown;
    }
  };

  const ready = async (): Promise<Handles[M]> => {
    if (handle) return handle;
    const promise = opening?.promise ?? open();
    try {
      return await promise;
    } catch (thrown) {
      // Whoever waits for an encoder waits for the one that was chosen meanwhile.
      if (isCancelled(thrown) && (handle || opening)) return await ready();
      throw thrown;
    }
  };

  const recover: EncoderSlot<M>["recover"] = (encoder, error, failures) => {
    if (encoder !== handle) return true;
    if (error.name === "DeviceLost") losses += 1;
    else if (error.name !== "WorkerCrashed") return false;
    close();
    const isHopeless = failures >= (error.name === "DeviceLost" ? MOST_LOSSES : MOST_CRASHES);
    if (isHopeless) {
      options.publish(idleEncoder(options.state()));
      return false;
    }
    options.onRecovery(error);
    // Whoever fails next with the same encoder finds this attempt.
    open(error.message).catch(() => undefined);
    return true;
  };

  return {
    current: () => handle,
    ready,
    async checked() {
      await check(await ready());
    },
    use(spec) {
      const next = knownEncoder(spec, options.state());
      const isSame = JSON.stringify(spec) === JSON.stringify(options.state().spec);
      // Two sets of files may go by one name.
      if (isSame && spec.source.from !== "files" && (handle || opening)) return ready();
      close();
      losses = 0;
      options.publish(idleEncoder({ ...next, ...knownLayers(spec, options.state()) }));
      return open();
    },
    reset,
    recover,
    async run(job) {
      for (let failures = 0; ; failures++) {
        const encoder = await ready();
        try {
          return await job(encoder);
        } catch (thrown) {
          if (!recover(encoder, reportError(thrown), failures)) throw thrown;
        }
      }
    },
    cancel: () => opening?.controller.abort(),
  };
}
