import { useStore } from "zustand";
import { useApp } from "../context";
import type { TrustLookup } from "./trust";
import type { Colours } from "./types";

/** The colours of the items now on the page. */
export function useColours(): Colours {
  return useStore(useApp().colouring, (state) => state.colours);
}

/** How far to trust each item's place on the map as it stands; undefined while it moves or where it was not measured. */
export function useTrust(): TrustLookup | undefined {
  return useStore(useApp().colouring, (state) => state.trust);
}
