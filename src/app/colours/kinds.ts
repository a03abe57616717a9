import type { ItemKind } from "../../core/space";
import { plainImageSlot } from "./assign";
import type { Grouping } from "./groups";
import { kindLabels } from "./legend";

/** Colours of the kinds: far apart for every kind of sight, images as they always are. */
const kindSlots: Record<ItemKind, number> = { text: 0, image: plainImageSlot, row: 1, token: 4, patch: 2 };

/** Items by what they are. */
export const groupingByKind: Grouping = {
  key: ({ kind }) => `kind:${kind}`,
  label: (key) => kindLabels[key.slice("kind:".length) as ItemKind],
  slot: (key) => kindSlots[key.slice("kind:".length) as ItemKind],
};

/** Items by what made their vectors: an encoder's title for each kind. */
export function groupingByEncoder(titles: Record<ItemKind, string>): Grouping {
  const prefix = "encoder:";
  return {
    key: ({ kind }) => `${prefix}${titles[kind]}`,
    label: (key) => key.slice(prefix.length),
    slot: (key) => {
      const kinds = Object.keys(titles) as ItemKind[];
      return kindSlots[kinds.find((kind) => titles[kind] === key.slice(prefix.length)) ?? "row"];
    },
  };
}
