import { insteadOfWebgpu } from "../load/open-model";
import type { DeviceUsed, EncodeOptions, TextEncoderHandle, TextVector } from "../types";

/**
 * Fewer characters than this, two more counted for each text, are read at once: no text has more tokens than that, and so
 * many tokens are read in half a second by one thread, about as long as a GPU takes to get ready.
 */
const AT_ONCE = 1500;

/**
 * A text encoder that is there at once on WASM, and goes on on the GPU once that is ready: opening a network on a GPU,
 * compiling its programs and checking them takes longer than reading the first words without it.
 *
 * Many texts, and layers, wait for the GPU. The GPU is not got ready before `check` asks for it or some of these do, so that
 * the first words have the machine to themselves. Where it can't be had, WASM goes on, and `device` says why.
 *
 * @param first the encoder on WASM.
 * @param openNext opens the same encoder as a GPU runs it, checked; rejects where that can't be had.
 */
export function relayText(
  first: TextEncoderHandle,
  openNext: (signal: AbortSignal) => Promise<TextEncoderHandle>,
): TextEncoderHandle {
  const closing = new AbortController();
  const underWay = new Set<Promise<void>>();
  let current = first;
  let device: DeviceUsed = {
    ...first.device,
    reason: "WASM reads the first words; WebGPU is getting ready.",
  };
  let upgrade: Promise<TextEncoderHandle> | undefined;

  const upgraded = () => {
    upgrade ??= takeOver();
    return upgrade;
  };

  async function takeOver(): Promise<TextEncoderHandle> {
    // Whoever waits for words goes first.
    await Promise.allSettled(underWay);
    try {
      const next = await openNext(closing.signal);
      if (closing.signal.aborted) next.close();
      current = next;
      device = next.device;
      void Promise.allSettled(underWay).then(() => first.close());
    } catch (error) {
      device = { ...first.device, reason: insteadOfWebgpu(error) };
    }
    return current;
  }

  async function encode(texts: readonly string[], options: EncodeOptions<TextVector>): Promise<void> {
    const isSmall = texts.reduce((sum, text) => sum + text.length + 2, 0) < AT_ONCE;
    const encoder = isSmall ? current : await upgraded();
    const encoding = encoder.encode(texts, options);
    underWay.add(encoding);
    await encoding.finally(() => underWay.delete(encoding));
  }

  return {
    ...first,
    get device() {
      return device;
    },
    encode,
    layers: async (inputs, options) => (await upgraded()).layers(inputs, options),
    check: async () => (await upgraded()).check(),
    close() {
      closing.abort();
      first.close();
      current.close();
    },
  };
}
