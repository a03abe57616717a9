import { NamedError } from "../../core/errors";
import type { Space } from "../../core/space";
import type { ModelCard, Pooling } from "../card";
import type { Tap } from "../graph/types";
import { poolingsOf, readingSpace } from "../reading";
import type { DeviceUsed, Parity } from "../types";
import type { OpenedModel } from "./open-model";

/** The part of a handle that is the same for texts and images. */
export interface Described {
  readonly card: ModelCard;
  readonly space: Space;
  readonly tap: Tap;
  readonly pooling: Pooling;
  readonly device: DeviceUsed;
  check(): Promise<Parity>;
  taps(): readonly Tap[];
  poolings(tap: string): readonly Pooling[];
  close(): void;
}

/** What a handle says of an opened model, and the space that its reading makes. */
export function describeOpened(opened: OpenedModel<ModelCard>, device: DeviceUsed): Described {
  const { card, reading, taps, hasCls, check, close } = opened;
  return {
    card,
    space: readingSpace(card, reading),
    tap: reading.tap,
    pooling: reading.pooling,
    device,
    check,
    close,
    taps: () => taps,
    poolings(name) {
      const tap = taps.find((one) => one.name === name);
      if (tap) return poolingsOf(tap, card.modality, hasCls);
      throw new NamedError("UnknownTap", `The model has no layer called “${name}”.`);
    },
  };
}
