import { openTextEncoder, page, type TextEncoderHandle } from "../../src/encoders";

let opened: Promise<TextEncoderHandle> | undefined;

/** The texts' vectors by the page's text encoder, one after the other, as base64 of their bytes. */
async function encode(texts: readonly string[]): Promise<string> {
  opened ??= openTextEncoder({ source: page("all-minilm-l6-v2") }, { device: "wasm" });
  const encoder = await opened;
  const vectors = new Float32Array(texts.length * encoder.space.dimension);
  await encoder.encode(texts, {
    onResults(results, failures) {
      if (failures.length > 0) throw new Error(failures[0].error.message);
      for (const { index, vector } of results) vectors.set(vector, index * vector.length);
    },
  });
  let text = "";
  for (const byte of new Uint8Array(vectors.buffer)) text += String.fromCharCode(byte);
  return btoa(text);
}

export const bench = { encode };
Object.assign(window, { bench });
