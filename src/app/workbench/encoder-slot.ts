import { isCancelled, reportError } from "../../core/errors";
import type { Modality } from "../../core/space";
import {
  type DeviceChoice,
  type EncoderSpec,
  type ImageEncoderHandle,
  type OpenOptions,
  page,
  shippedEncoders,
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
  /** Puts another encoder in place; the old one's worker and memory are given back. */
  use(id: string): Promise<Handles[M]>;
  /** Closes the encoder, so that the next `ready` opens it anew: on another device, or after a crash. */
  reset(): void;
  /** Gives up opening. */
  cancel(): void;
}

interface SlotOptions<M extends Modality> {
  readonly modality: M;
  readonly device: () => DeviceChoice;
  readonly open: (spec: EncoderSpec, options: OpenOptions) => Promise<Handles[M]>;
  readonly state: () => EncoderState;
  readonly publish: (state: EncoderState) => void;
}

/** The state of an encoder that is known but not loaded. Throws `RangeError` for an id that does not ship. */
export function idleEncoder(id: string): EncoderState {
  const shipped = shippedEncoders().find((encoder) => encoder.id === id);
  if (!shipped) throw new RangeError(`No encoder is called ${JSON.stringify(id)}.`);
  return { id, title: shipped.title, dimension: shipped.dimension, status: "idle" };
}

export function createEncoderSlot<M extends Modality>(options: SlotOptions<M>): EncoderSlot<M> {
  let opening: { promise: Promise<Handles[M]>; controller: AbortController } | undefined;
  let handle: Handles[M] | undefined;

  const reset = () => {
    opening?.controller.abort();
    opening = undefined;
    handle?.close();
    handle = undefined;
    options.publish(idleEncoder(options.state().id));
  };

  const open = (): Promise<Handles[M]> => {
    const controller = new AbortController();
    const base = idleEncoder(options.state().id);
    const isCurrent = () => opening?.controller === controller;
    options.publish({ ...base, status: "loading" });
    const promise = options
      .open(
        { source: page(base.id) },
        {
          device: options.device(),
          signal: controller.signal,
          onProgress: (progress) => {
            if (isCurrent()) options.publish({ ...base, status: "loading", progress });
          },
        },
      )
      .then(
        (opened) => {
          if (!isCurrent()) {
            opened.close();
            throw new DOMException("Another encoder was chosen.", "AbortError");
          }
          opening = undefined;
          handle = opened;
          options.publish({
            ...base,
            title: opened.card.title,
            dimension: opened.space.dimension,
            status: "ready",
            device: opened.device,
            parity: opened.parity,
          });
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

  return {
    current: () => handle,
    ready() {
      if (handle) return Promise.resolve(handle);
      return opening?.promise ?? open();
    },
    use(id) {
      const next = idleEncoder(id);
      if (id === options.state().id && (handle || opening)) return this.ready();
      reset();
      options.publish(next);
      return open();
    },
    reset,
    cancel: () => opening?.controller.abort(),
  };
}
