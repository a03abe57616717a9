import { WASM } from "../wasm/similarity";
import { WASM as RELAXED } from "../wasm/similarity-relaxed";
import { WASM as SHARED_RELAXED } from "../wasm/similarity-relaxed-shared";
import { WASM as SHARED } from "../wasm/similarity-shared";

let best: string | undefined | null = null;
let bestShared: string | undefined | null = null;

/**
 * The fastest variant of the similarity kernel that this browser can run: with relaxed SIMD (a quarter faster), with SIMD, or
 * none. Both find the same: what float32 leaves open is decided in double precision afterwards.
 */
export function similarityModule(): string | undefined {
  if (best === null) best = [RELAXED, WASM].find(canRun);
  return best;
}

/** The same of the variants that work in memory which threads share; none where the page is not cross-origin isolated. */
export function sharedSimilarityModule(): string | undefined {
  if (globalThis.crossOriginIsolated !== true) return undefined;
  if (bestShared === null) bestShared = [SHARED_RELAXED, SHARED].find(canRun);
  return bestShared;
}

function canRun(base64: string): boolean {
  return WebAssembly.validate(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
