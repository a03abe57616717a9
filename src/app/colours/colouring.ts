import { createStore, type StoreApi } from "zustand/vanilla";
import type { Item } from "../../collection/types";
import type { RegionsStore } from "../map/regions";
import type { ViewStore } from "../view";
import type { Workbench } from "../workbench/types";
import { assignSlots, type SlotByCategory, slotOf } from "./assign";
import { type Clusters, groupingByCluster, noClusters } from "./clusters";
import { columnsOf, numberIn } from "./columns";
import { coloursByGroup, groupingByColumn } from "./groups";
import { groupingByEncoder, groupingByKind } from "./kinds";
import { legendKey, tallyByCategory, tallyByTrust, trustKey, trustSlotOf } from "./legend";
import { coloursByNumber } from "./numbers";
import { cssOf } from "./ramp";
import { followSimilarity } from "./similarity";
import { noTrust, type TrustLookup, trustOf } from "./trust";
import type { ColourBy, Colours, NumberLookup } from "./types";

/** The colours of the page, and the facts behind them that have to be worked out. */
export interface ColouringState {
  readonly colours: Colours;
  /** How far to trust each item's place; undefined while the map moves or where it was not measured. */
  readonly trust?: TrustLookup;
  /** Likeness of each item to the selection; undefined while there is none or it is being measured. */
  readonly similarity?: NumberLookup;
  /** The regions of the map; undefined while it moves. */
  readonly clusters?: Clusters;
}

export type ColouringStore = StoreApi<ColouringState>;

/** No item has a number: while similarities are measured, and while nothing is selected. */
const noNumbers: NumberLookup = { of: () => undefined };

function byCategory(items: readonly Item[], slots: SlotByCategory): Colours {
  const categoriesOnMap = items.some((item) => item.category);
  const slot = (item: Item) => slotOf(item, slots, categoriesOnMap);
  return { slot, css: (item) => cssOf(slot(item)), key: legendKey, tally: () => tallyByCategory(slot) };
}

function byTrust(trust: TrustLookup): Colours {
  const slot = (item: Item) => trustSlotOf(item, trust);
  return {
    slot,
    css: (item) => cssOf(slot(item)),
    key: (item) => trustKey(item, trust),
    tally: () => tallyByTrust(trust),
  };
}

/** The column that colours tell, where they tell one. */
export function columnOf(by: ColourBy): string | undefined {
  return by.startsWith("column:") ? by.slice("column:".length) : undefined;
}

/**
 * Keeps one set of colours for the whole page, made anew when the items change, or what the colours tell. A category
 * keeps its colour for as long as the page is open.
 */
export function createColouring(
  workbench: Workbench,
  view: ViewStore,
  regions: RegionsStore,
): ColouringStore {
  let assigned: SlotByCategory = new Map();
  let assignedTo: readonly Item[] | undefined;

  const make = ({ trust, similarity, clusters }: Omit<ColouringState, "colours">): Colours => {
    const { items, textEncoder, imageEncoder } = workbench.state.getState();
    const { colourBy, scales } = view.getState();
    if (items !== assignedTo) assigned = assignSlots(assigned, items);
    assignedTo = items;
    const column = columnOf(colourBy);
    if (column !== undefined) {
      const isNumber = columnsOf(items).some(({ name, holds }) => name === column && holds === "numbers");
      return isNumber
        ? coloursByNumber(items, { of: (item) => numberIn(item, column) }, scales[colourBy])
        : coloursByGroup(groupingByColumn(items, column));
    }
    switch (colourBy) {
      case "kind":
        return coloursByGroup(groupingByKind);
      case "encoder":
        return coloursByGroup(
          groupingByEncoder({
            text: textEncoder.title,
            token: textEncoder.title,
            image: imageEncoder.title,
            patch: imageEncoder.title,
            row: "ready vectors",
          }),
        );
      case "cluster":
        return coloursByGroup(groupingByCluster(clusters ?? noClusters));
      case "similarity":
        return coloursByNumber(items, similarity ?? noNumbers, scales.similarity);
      case "trust":
        return byTrust(trust ?? noTrust);
      default:
        return byCategory(items, assigned);
    }
  };

  const store = createStore<ColouringState>(() => ({ colours: make({}) }));
  /** Takes facts in, and makes the colours anew. */
  const put = (facts: Partial<Omit<ColouringState, "colours">> = {}) => {
    const next = { ...store.getState(), ...facts };
    store.setState({ ...next, colours: make(next) });
  };

  workbench.onFrame((frame) => {
    const trust = trustOf(frame);
    if (trust === store.getState().trust) return;
    if (view.getState().colourBy === "trust") put({ trust });
    else store.setState({ trust });
  });
  workbench.state.subscribe((state, previous) => {
    if (
      state.items !== previous.items ||
      state.textEncoder.title !== previous.textEncoder.title ||
      state.imageEncoder.title !== previous.imageEncoder.title
    )
      put();
  });
  view.subscribe((state, previous) => {
    if (state.colourBy !== previous.colourBy || state.scales !== previous.scales) put();
  });
  regions.subscribe(({ clusters }) => {
    if (clusters === store.getState().clusters) return;
    if (view.getState().colourBy === "cluster") put({ clusters });
    else store.setState({ clusters });
  });
  followSimilarity(workbench, view, (similarity) => put({ similarity }));
  return store;
}
