import type { Problem } from "../workbench/types";

/** True when nothing went wrong: the page only says why it did nothing. */
export function isNote({ error }: Problem): boolean {
  return error.name === "AlreadyOnMap";
}
