import type { Item } from "../../../collection/types";
import type { ItemKind, Metric, SpaceId } from "../../../core/space";

export interface NeighbourItem {
  readonly item: Item;
  readonly similarity: number;
}

export interface NeighbourQuery {
  readonly k?: number;
  readonly metric?: Metric;
  readonly space?: SpaceId;
  readonly kind?: ItemKind;
  readonly signal?: AbortSignal;
}

/** A true neighbour, and where it stands on the map. */
export interface TrueNeighbourItem extends NeighbourItem {
  /** Its rank among the item's neighbours on the map, from 1. */
  readonly rank: number;
  /** True when the projection tore it away: it stands far off on the map. */
  readonly torn: boolean;
}

/** The anchor against its candidates under one encoder. */
export interface ComparisonColumn {
  readonly encoder: string;
  readonly title: string;
  /** "meaning", "words only" or "letters only": what the encoder reads. */
  readonly reads: string;
  /** Ranked, best first. */
  readonly ranking: readonly { readonly text: string; readonly similarity: number }[];
  /** Similarities of all pairs, anchor first, in the order given; row-major. */
  readonly matrix: Float32Array;
}

/** Labels by their likeness to an image, best first. */
export interface LabelRanking {
  readonly rows: readonly {
    readonly label: string;
    /** Cosine in the joint space. */
    readonly similarity: number;
    /** Absent where the joint space was not trained to give any. */
    readonly probability?: number;
  }[];
  /** "softmax": the labels share one probability; "sigmoid": each has its own. */
  readonly activation?: "softmax" | "sigmoid";
}
