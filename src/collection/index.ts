export { createCollection } from "./collection";
export { newItemId } from "./ids";
export type * from "./types";
