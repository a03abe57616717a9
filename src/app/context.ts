import { createContext, useContext, useSyncExternalStore } from "react";
import { useStore } from "zustand";
import type { ColouringStore } from "./colours/colouring";
import type { RegionsStore } from "./map/regions";
import type { NearestState, NearestStore } from "./neighbours/nearest";
import type { ViewState, ViewStore } from "./view";
import type { Workbench, WorkbenchState } from "./workbench/types";

/** What every panel can reach. */
export interface AppModel {
  readonly workbench: Workbench;
  readonly view: ViewStore;
  readonly nearest: NearestStore;
  readonly colouring: ColouringStore;
  readonly regions: RegionsStore;
}

export const AppContext = createContext<AppModel | null>(null);

/** The page's model. Throws `Error` outside `AppContext`. */
export function useApp(): AppModel {
  const model = useContext(AppContext);
  if (!model) throw new Error("useApp needs AppContext around it");
  return model;
}

export function useWorkbench(): Workbench {
  return useApp().workbench;
}

/** A part of the workbench's state. The selector must return the same value for the same state. */
export function useBench<T>(selector: (state: WorkbenchState) => T): T {
  const { state } = useWorkbench();
  return useSyncExternalStore(state.subscribe, () => selector(state.getState()));
}

/** A part of the view. The selector must return the same value for the same state. */
export function useView<T>(selector: (state: ViewState) => T): T {
  return useStore(useApp().view, selector);
}

/** A part of the ranking of true neighbours that is on show. */
export function useNearest<T>(selector: (state: NearestState) => T): T {
  return useStore(useApp().nearest, selector);
}
