export { createCollection } from "./collection";
export { newItemId } from "./ids";
export { openPersistence, type Persistence, type PersistenceOptions } from "./persistence";
export type * from "./types";
