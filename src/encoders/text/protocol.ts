import type { TextCard } from "../card";
import type { DevicePlan } from "../load/device";
import type { Locations } from "../load/locations";
import type { ModelMethods } from "../load/remote-model";
import type { EncodeFailure, TextPart } from "../types";

/** The vectors of some texts of one call, as they cross from the worker. */
export interface TextResults {
  /** For each vector, its text's place in the list that was sent; the same several times where a text has parts. */
  readonly indices: readonly number[];
  /** `indices.length × dimension`, row-major. */
  readonly vectors: Float32Array;
  readonly tokens: readonly number[];
  readonly truncated: readonly boolean[];
  /** For each vector, the token it stands for; absent where vectors stand for whole texts. */
  readonly parts?: readonly TextPart[];
  readonly failures: readonly EncodeFailure[];
}

/** What the text worker does. */
export interface TextWorkerMethods extends ModelMethods<TextCard, string> {
  /** Begins to open the first text encoder, so that an `open` that asks for the same finds it under way. */
  ahead: {
    input: { readonly plan: DevicePlan; readonly where: Locations };
    output: undefined;
    progress: never;
  };
  encode: { input: readonly string[]; output: undefined; progress: TextResults };
}
