import { WASM } from "../wasm/similarity";
import { WASM as INT16 } from "../wasm/similarity-int16";
import { WASM as INT16_SHARED } from "../wasm/similarity-int16-shared";
import { WASM as RELAXED } from "../wasm/similarity-relaxed";
import type { Precision } from "./memory-plan";

const found = new Map<string, string | undefined>();

/**
 * The fastest variant of the similarity kernel that this browser can run, or none. With float32 numbers: with relaxed SIMD (a
 * quarter faster), else with SIMD. Both find the same: what float32 leaves open is decided in double precision afterwards.
 */
export function similarityModule(precision: Precision): string | undefined {
  return firstOf(precision, precision === "int16" ? [INT16] : [RELAXED, WASM]);
}

/** The same of 16-bit numbers in memory that threads share; none where the page is not cross-origin isolated. */
export function sharedSimilarityModule(): string | undefined {
  return globalThis.crossOriginIsolated === true ? firstOf("shared", [INT16_SHARED]) : undefined;
}

function firstOf(kind: string, variants: readonly string[]): string | undefined {
  if (!found.has(kind)) found.set(kind, variants.find(canRun));
  return found.get(kind);
}

function canRun(base64: string): boolean {
  return WebAssembly.validate(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
}
