import type { ImageCard } from "../card";
import type { LayersMethod } from "../layers";
import type { OpenMethod } from "../load/open-model";
import type { EncodeFailure, ImageVector, Parity } from "../types";

/** The vectors of some images of one call, as they cross from the worker. */
export interface ImageResults {
  readonly vectors: readonly ImageVector[];
  readonly failures: readonly EncodeFailure[];
}

/** What the image worker does. */
export interface ImageWorkerMethods {
  open: OpenMethod<ImageCard>;
  check: { input: undefined; output: Parity; progress: never };
  encode: { input: readonly Blob[]; output: undefined; progress: ImageResults };
  layers: LayersMethod<Blob>;
}
