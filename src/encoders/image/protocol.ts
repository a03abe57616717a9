import type { ImageCard } from "../card";
import type { ModelMethods } from "../load/remote-model";
import type { EncodeFailure, ImageVector } from "../types";

/** The vectors of some images of one call, as they cross from the worker. */
export interface ImageResults {
  readonly vectors: readonly ImageVector[];
  readonly failures: readonly EncodeFailure[];
}

/** What the image worker does. */
export interface ImageWorkerMethods extends ModelMethods<ImageCard, Blob> {
  encode: { input: readonly Blob[]; output: undefined; progress: ImageResults };
}
