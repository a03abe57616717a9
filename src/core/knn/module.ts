import { WASM } from "../wasm/similarity";
import { WASM as RELAXED } from "../wasm/similarity-relaxed";

let best: string | undefined | null = null;

/**
 * The fastest variant of the similarity kernel that this browser can run: with relaxed SIMD (a quarter faster), with SIMD, or
 * none. Both find the same: what float32 leaves open is decided in double precision afterwards.
 */
export function similarityModule(): string | undefined {
  if (best === null) best = [RELAXED, WASM].find(canRun);
  return best;
}

function canRun(base64: string): boolean {
  return WebAssembly.validate(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
