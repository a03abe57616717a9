import { useSyncExternalStore } from "react";

/** Below this width there is no room for three columns: the side panels become tabs of a sheet. */
export const sheetQuery = "(max-width: 1099px)";
/** A phone, as in theme/tokens.css. */
export const phoneQuery = "(max-width: 720px)";

/** Whether a media query holds, followed as the window changes. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
  );
}
