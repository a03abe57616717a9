import type { ItemId } from "./types";

/** Eight random bytes tell this page's ids from those of earlier visits, whose items are restored with their ids. */
const visit = Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join("");

let made = 0;

/** Makes a new, unused item id: a letter first, so that no spreadsheet takes it for a number or a formula. */
export function newItemId(): ItemId {
  made += 1;
  return `i${visit}-${made.toString(36)}` as ItemId;
}
