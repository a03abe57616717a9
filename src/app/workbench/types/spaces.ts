import type { ItemId } from "../../../collection/types";
import type { Modality, Space } from "../../../core/space";

/** Which space is meant: one of the current encoders', or that of the ready vectors that were added last. */
export type SpaceRole = "joint" | "text" | "image" | "vectors";

/** The shown space and the others that could be shown. */
export interface SpaceState {
  readonly role: SpaceRole;
  readonly space: Space;
  /** Roles that have items now; a role without items is offered but disabled. */
  readonly available: readonly SpaceRole[];
  readonly gap: GapHandling;
}

/**
 * What is done about the gap between words and images in joint spaces: nothing, each modality's middle becomes the
 * origin, or neighbours are only looked for in the other modality.
 */
export type GapHandling = "raw" | "centred" | "cross";

/** The gap between the words and the images of a space. */
export interface ModalityGap {
  /** Distance of the two middles, every vector scaled to length 1: from 0 to 2. */
  readonly gap: number;
  /** Each item's place along the gap: 0 at the images' middle, 1 at the words'. */
  readonly places: readonly { readonly id: ItemId; readonly kind: Modality; readonly at: number }[];
}
