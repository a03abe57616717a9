import { createStore, type StoreApi } from "zustand/vanilla";
import { rowsOfIds } from "../../collection/rows";
import type { Region } from "../../comparison/types";
import { isCancelled } from "../../core/errors";
import { type Clusters, regionSlots } from "../colours/clusters";
import type { ViewStore } from "../view";
import type { MapFrame, Workbench } from "../workbench/types";

/** The regions of the map as it stands. */
export interface RegionsState {
  /** The frame they were found on; undefined before any were. */
  readonly frame?: MapFrame;
  /** For each row of the frame its region; −1 outside of all. */
  readonly of: Int32Array;
  readonly regions: readonly Region[];
  /** The same as colours see it. */
  readonly clusters?: Clusters;
}

export type RegionsStore = StoreApi<RegionsState>;

const none: RegionsState = { of: new Int32Array(), regions: [] };

/** On smaller maps every point has its own label beside it, and a name over some of them says nothing more. */
const fewestForNames = 100;
/** Words arrive one after the other: their regions are found when the map has stood still for this long. */
const restMilliseconds = 250;

/** Whether names of regions are drawn on a map of so many items. */
export function areNamed(
  count: number,
  { regionNames, colourBy }: ReturnType<ViewStore["getState"]>,
): boolean {
  return regionNames && (count >= fewestForNames || colourBy === "cluster");
}

/** Finds the regions of the map whenever it came to rest and somebody looks at them: as names, or as colours. */
export function createRegions(workbench: Workbench, view: ViewStore): RegionsStore {
  const store = createStore<RegionsState>(() => none);
  let frame: MapFrame | undefined;
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const find = async () => {
    const state = view.getState();
    const { layout } = workbench.state.getState();
    const wanted = frame && (areNamed(frame.ids.length, state) || state.colourBy === "cluster");
    if (!frame || !wanted || layout.status !== "done" || store.getState().frame === frame) return;
    running?.abort();
    const mine = new AbortController();
    const looked = frame;
    running = mine;
    try {
      const { of, regions } = await workbench.regions(looked, mine.signal);
      if (running !== mine) return;
      store.setState({ frame: looked, of, regions, clusters: clustersOf(looked, of, regions) }, true);
    } catch (thrown) {
      // Names are a convenience: a map without them is whole, and the next one tries again.
      if (running === mine && !isCancelled(thrown)) store.setState(none, true);
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => void find(), restMilliseconds);
  };

  workbench.onFrame((next) => {
    if (frame && next.ids !== frame.ids && store.getState().frame) {
      running?.abort();
      store.setState(none, true);
    }
    frame = next;
    soon();
  });
  workbench.state.subscribe((state, previous) => {
    if (state.layout.status !== previous.layout.status) soon();
  });
  view.subscribe((state, previous) => {
    if (state.regionNames !== previous.regionNames || state.colourBy !== previous.colourBy) void find();
  });
  return store;
}

function clustersOf(frame: MapFrame, of: Int32Array, regions: readonly Region[]): Clusters {
  return {
    of(id) {
      const row = rowsOfIds(frame.ids).get(id);
      return row === undefined ? undefined : of[row];
    },
    names: regions.map(({ name }) => name),
    slots: regionSlots(regions.map(({ centre }) => centre)),
  };
}
