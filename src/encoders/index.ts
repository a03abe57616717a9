import { NamedError } from "../core/errors";
import type { Modality } from "../core/space";
import { shippedEncoders } from "./catalogue";
import type { Looking, ResolvedModel } from "./hub/resolve";
import { openImageModel } from "./image/encoder";
import { openLexical } from "./lexical/encoder";
import { LEXICAL_CARD } from "./lexical/lexical";
import { openOneHot } from "./one-hot/encoder";
import { ONE_HOT_CARD } from "./one-hot/one-hot";
import { type ModelSource, sourceId } from "./source";
import { openTextModel } from "./text/encoder";
import type { EncoderSpec, ImageEncoderHandle, OpenOptions, TextEncoderHandle } from "./types";

export { cardSpaceId, type EncoderCard, type JointScale, type Pooling } from "./card";
export { type ShippedEncoder, shippedEncoders } from "./catalogue";
export type { Tap, TapKind } from "./graph/types";
export type { FormatChoice, FormatFacts, Weights } from "./hub/format";
export { DEFAULT_HUB, hubHost, setHubHost } from "./hub/host";
export { type HubId, parseHubId } from "./hub/id";
export {
  forgetModel,
  type KeptFile,
  type KeptModel,
  keptModels,
  type Storage,
  storageState,
} from "./hub/kept";
export type { Offer, ResolvedModel } from "./hub/resolve";
export { decodePicture } from "./image/picture";
export type { Picture } from "./image/thumbnail";
export { openJointSpace } from "./joint/open";
export { jointSpaceId } from "./joint/recipes";
export { encodeLexical, LEXICAL_CARD } from "./lexical/lexical";
export { chooseDevice, type DeviceFacts, type DevicePlan, deviceFacts } from "./load/device";
export { mostBytes, requireFits, weightOf } from "./load/fits";
export { ONE_HOT_CARD } from "./one-hot/one-hot";
export { PRESETS, type Preset } from "./presets";
export { type ModelSource, type NumberFormat, page, sourceId } from "./source";
export type * from "./types";

/**
 * Opens a text encoder: "lexical" and "one-hot" at once, any other in a fresh worker. Rejects with `ModelNotFound` (also for an
 * unknown id), `ModelCorrupt`, `NetworkFailed`, `DeviceUnavailable`, `EncoderFailed`, `WorkerCrashed` or `Cancelled`;
 * calling it again is a fresh attempt.
 */
export async function openTextEncoder(spec: EncoderSpec, options: OpenOptions): Promise<TextEncoderHandle> {
  requireShipped(spec.source, "text");
  const id = sourceId(spec.source);
  if (id === LEXICAL_CARD.id) return openLexical();
  if (id === ONE_HOT_CARD.id) return openOneHot();
  return await openTextModel(spec, options);
}

/** Opens an image encoder in a fresh worker. Rejects as `openTextEncoder` does. */
export async function openImageEncoder(spec: EncoderSpec, options: OpenOptions): Promise<ImageEncoderHandle> {
  requireShipped(spec.source, "image");
  return await openImageModel(spec, options);
}

/**
 * Looks at a model of the Hub, or among files, before it is fetched: the encoders it holds, their cards, the formats and
 * bytes. Small files are fetched for that, and kept unless `keep` is false. Throws as `resolveModel` of `hub/resolve` does.
 */
export async function resolveModel(
  source: Exclude<ModelSource, { readonly from: "page" }>,
  options: Looking = {},
): Promise<ResolvedModel> {
  return await (await import("./hub/resolve")).resolveModel(source, options);
}

/** Names an encoder of the page that does not exist, before a file of it is looked for. */
function requireShipped(source: ModelSource, modality: Modality): void {
  if (source.from !== "page") return;
  const known = shippedEncoders().filter((encoder) => encoder.modality === modality);
  if (known.some((encoder) => encoder.id === source.id)) return;
  throw new NamedError("ModelNotFound", `No ${modality} encoder is called “${source.id}”.`, {
    advice: `Choose one of ${known.map((encoder) => encoder.id).join(", ")}.`,
  });
}
