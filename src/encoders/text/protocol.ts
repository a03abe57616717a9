import type { TextCard } from "../card";
import type { OpenMethod } from "../load/open-model";
import type { EncodeFailure, Parity } from "../types";

/** The vectors of some texts of one call, as they cross from the worker. */
export interface TextResults {
  /** Place of each text in the list that was sent. */
  readonly indices: readonly number[];
  /** `indices.length × dimension`, row-major. */
  readonly vectors: Float32Array;
  readonly tokens: readonly number[];
  readonly truncated: readonly boolean[];
  readonly failures: readonly EncodeFailure[];
}

/** What the text worker does. */
export interface TextWorkerMethods {
  open: OpenMethod<TextCard>;
  check: { input: undefined; output: Parity; progress: never };
  encode: { input: readonly string[]; output: undefined; progress: TextResults };
}
