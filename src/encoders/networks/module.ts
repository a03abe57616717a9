import { WASM } from "../../core/wasm/networks";
import { WASM as RELAXED } from "../../core/wasm/networks-relaxed";

let best: string | undefined | null = null;

/** The fastest variant of the networks kernel that this browser can run: with relaxed SIMD, with SIMD, or none. */
export function networkModule(): string | undefined {
  if (best === null) best = [RELAXED, WASM].find(canRun);
  return best;
}

function canRun(base64: string): boolean {
  return WebAssembly.validate(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
