import type { Item } from "../../../collection/types";
import type { ErrorReport } from "../../../core/errors";

/** A matrix of vectors that were made elsewhere. */
export interface ReadyVectors {
  readonly labels: readonly string[];
  /** `labels.length × dimension`, row-major. */
  readonly vectors: Float32Array;
  readonly dimension: number;
  /** More about each row, by name; the first column of texts gives the categories. */
  readonly columns?: Readonly<Record<string, readonly (string | number)[]>>;
}

export interface ImageDetails {
  readonly labels?: readonly (string | undefined)[];
  readonly categories?: readonly (string | undefined)[];
  readonly credits?: readonly (string | undefined)[];
}

export interface AddResult {
  readonly items: readonly Item[];
  readonly failures: readonly { readonly input: string | Blob; readonly error: ErrorReport }[];
}

export interface SampleSummary {
  readonly name: string;
  readonly title: string;
  readonly description: string;
}
