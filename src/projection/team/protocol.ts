import type { RoundMemory } from "../../core/umap/rounds";

/** What a thread can be asked that helps with a layout. */
export interface TeamMethods {
  /** Takes part in all rounds to come; does not answer. */
  help: { input: RoundMemory; output: never; progress: never };
}
