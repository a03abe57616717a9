import { NamedError } from "../core/errors";
import type { Modality } from "../core/space";
import { shippedEncoders } from "./catalogue";
import { openImageModel } from "./image/encoder";
import { openLexical } from "./lexical/encoder";
import { LEXICAL_CARD } from "./lexical/lexical";
import { openTextModel } from "./text/encoder";
import type { ImageEncoderHandle, OpenOptions, TextEncoderHandle } from "./types";

export type { EncoderCard, Pooling, Tap } from "./card";
export { type ShippedEncoder, shippedEncoders } from "./catalogue";
export { decodePicture } from "./image/picture";
export type { Picture } from "./image/thumbnail";
export { openJointSpace } from "./joint/open";
export { encodeLexical, LEXICAL_CARD } from "./lexical/lexical";
export { chooseDevice, type DeviceFacts, type DevicePlan, deviceFacts } from "./load/device";
export type * from "./types";

/**
 * Opens a text encoder: "lexical" at once, any other in a fresh worker. Rejects with `ModelNotFound` (also for an
 * unknown id), `ModelCorrupt`, `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`;
 * calling it again is a fresh attempt.
 */
export async function openTextEncoder(id: string, options: OpenOptions): Promise<TextEncoderHandle> {
  requireShipped(id, "text");
  return id === LEXICAL_CARD.id ? openLexical() : await openTextModel(id, options);
}

/** Opens an image encoder in a fresh worker. Rejects as `openTextEncoder` does. */
export async function openImageEncoder(id: string, options: OpenOptions): Promise<ImageEncoderHandle> {
  requireShipped(id, "image");
  return await openImageModel(id, options);
}

function requireShipped(id: string, modality: Modality): void {
  const known = shippedEncoders().filter((encoder) => encoder.modality === modality);
  if (known.some((encoder) => encoder.id === id)) return;
  throw new NamedError("ModelNotFound", `No ${modality} encoder is called “${id}”.`, {
    advice: `Choose one of ${known.map((encoder) => encoder.id).join(", ")}.`,
  });
}
