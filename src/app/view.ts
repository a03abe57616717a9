import { createStore, type StoreApi } from "zustand/vanilla";
import type { ItemKind, Metric } from "../core/space";
import type { ScatterTool } from "../scatter/types";
import type { ColourBy } from "./colours/trust";
import { applyTheme, rememberedTheme, type ThemeChoice } from "./theme/theme";

/** What a command can ask of the drawn map. */
export interface MapHandle {
  fit(): void;
  zoomBy(factor: number): void;
}

export type SheetTab = "items" | "neighbours" | "compare";
export type DialogName = "palette" | "help" | "settings";

/** The comparison on show: one anchor, ranked candidates. */
export interface ComparisonChoice {
  readonly anchor: string;
  readonly candidates: readonly string[];
}

/** How the page is looked at: nothing here changes an item, a vector or a place. */
export interface ViewState {
  readonly theme: ThemeChoice;
  readonly dialog: DialogName | null;
  readonly tool: ScatterTool;
  /** The legend entry whose items stand out; null when all do. */
  readonly emphasised: string | null;
  /** What the colours of items tell. */
  readonly colourBy: ColourBy;
  readonly sheetTab: SheetTab;
  /** How neighbours are ranked; null means the space's own metric. */
  readonly metric: Metric | null;
  /** Ranks only words or only images; null means all. */
  readonly neighbourKind: ItemKind | null;
  /** How many neighbours are listed. */
  readonly neighbourCount: number;
  /** A typed text whose neighbours are shown instead of the selection's. */
  readonly typedQuery: string;
  readonly comparison: ComparisonChoice;
  /** Present while a map is drawn. */
  readonly map: MapHandle | null;
}

export type ViewStore = StoreApi<ViewState>;

/** The rows that fit beside the map, and the lines that can still be told apart on it. */
export const shortNeighbourCount = 8;

/** A fresh view, with the remembered theme applied. */
export function createView(): ViewStore {
  const store = createStore<ViewState>(() => ({
    theme: rememberedTheme(),
    dialog: null,
    tool: "pan",
    emphasised: null,
    colourBy: "category",
    sheetTab: "neighbours",
    metric: null,
    neighbourKind: null,
    neighbourCount: shortNeighbourCount,
    typedQuery: "",
    comparison: { anchor: "football", candidates: ["soccer", "footwear"] },
    map: null,
  }));
  store.subscribe((state, previous) => {
    if (state.theme !== previous.theme) applyTheme(state.theme);
  });
  return store;
}
