import { createStore, type StoreApi } from "zustand/vanilla";
import type { ItemId } from "../collection/types";
import type { ItemKind, Metric, Modality } from "../core/space";
import type { PictureOptions, ScatterTool } from "../scatter/types";
import type { ColourBy, NumberScale } from "./colours/types";
import { applyTheme, rememberedTheme, type ThemeChoice } from "./theme/theme";

/** What a command can ask of the drawn map. */
export interface MapHandle {
  /** Shows these items, or all of them. */
  fit(ids?: readonly ItemId[]): void;
  /** Shows an item and its true neighbours. */
  flyTo(id: ItemId): Promise<void>;
  zoomBy(factor: number): void;
  /** The map as it is drawn now, as a file; see `Scatter.picture`. */
  picture(options: PictureOptions): Promise<Blob>;
  /** Where an item is drawn, as shares of the map's width and height from its upper left; undefined when out of view. */
  place(id: ItemId): { x: number; y: number } | undefined;
}

export type SheetTab = "items" | "neighbours" | "compare" | "inside";
export type DialogName = "palette" | "help" | "settings" | "models";

/** The comparison on show: one anchor, ranked candidates. */
export interface ComparisonChoice {
  readonly anchor: string;
  readonly candidates: readonly string[];
}

/** How the page is looked at: nothing here changes an item, a vector or a place. */
export interface ViewState {
  readonly theme: ThemeChoice;
  readonly dialog: DialogName | null;
  /** Files of a model for the dialog of encoders to look at; null once it did. */
  readonly modelFiles: readonly File[] | null;
  readonly tool: ScatterTool;
  /** The legend entry that is pointed at, whose items stand out; null when all do. */
  readonly emphasised: string | null;
  /** What the colours of items tell. */
  readonly colourBy: ColourBy;
  /** How numbers become colours, by what the colours tell. */
  readonly scales: Readonly<Record<string, NumberScale>>;
  /** The legend entries whose items are not shown. */
  readonly hidden: ReadonlySet<string>;
  /** The only items that are shown; null when none was singled out. */
  readonly isolated: ReadonlySet<ItemId> | null;
  /** Whether images are drawn as pictures where there is room. */
  readonly thumbnails: boolean;
  /** Whether an overview of the map lies in its corner while not all of it is in view. */
  readonly minimap: boolean;
  /** Whether the regions of the map are named on it. */
  readonly regionNames: boolean;
  /** What the list of items is searched by. */
  readonly filter: string;
  /** Whether that is a regular expression. */
  readonly filterIsPattern: boolean;
  /** What the search found; null while nothing is searched. */
  readonly found: readonly ItemId[] | null;
  /** The theme of pictures of the map; null: as on the screen. */
  readonly pictureTheme: "light" | "dark" | null;
  /** The item that the keyboard walked to on the map; null while it does not walk. */
  readonly cursor: ItemId | null;
  readonly sheetTab: SheetTab;
  /** Whether the Inside panel of a wide screen is open. */
  readonly insideOpen: boolean;
  /** What the Inside panel looks into: an encoder, or both at once. */
  readonly insideView: Modality | "joint";
  /** How neighbours are ranked; null means the space's own metric. */
  readonly metric: Metric | null;
  /** Ranks only words or only images; null means all. */
  readonly neighbourKind: ItemKind | null;
  /** How many neighbours are listed. */
  readonly neighbourCount: number;
  /** A typed text whose neighbours are shown instead of the selection's. */
  readonly typedQuery: string;
  /** A picture whose neighbours are shown instead; it need not be on the map. */
  readonly pictureQuery: File | null;
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
    modelFiles: null,
    tool: "pan",
    emphasised: null,
    colourBy: "category",
    scales: {},
    hidden: new Set(),
    isolated: null,
    thumbnails: true,
    minimap: true,
    regionNames: true,
    filter: "",
    filterIsPattern: false,
    found: null,
    pictureTheme: null,
    cursor: null,
    sheetTab: "neighbours",
    insideOpen: false,
    insideView: "text",
    metric: null,
    neighbourKind: null,
    neighbourCount: shortNeighbourCount,
    typedQuery: "",
    pictureQuery: null,
    comparison: { anchor: "football", candidates: ["soccer", "footwear"] },
    map: null,
  }));
  store.subscribe((state, previous) => {
    if (state.theme !== previous.theme) applyTheme(state.theme);
  });
  return store;
}
