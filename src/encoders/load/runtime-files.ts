import type { PageFile } from "./files";

/** One of onnxruntime-web's builds. */
export interface RuntimeBuild {
  /** The JavaScript half, under `ort/`. */
  readonly script: string;
  /** The WebAssembly half, as onnxruntime-web ships it. */
  readonly wasm: string;
  /** The files under `ort/` that `wasm` is served as: end to end they are it. */
  readonly parts: readonly RuntimePart[];
}

/** A part of a build's WebAssembly, small enough for every static host: many take no file above 25 MiB. */
export interface RuntimePart {
  readonly name: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** "wasm" runs on the processor; "jspi" and "asyncify" on WebGPU, in browsers with and without stack switching. */
export type RuntimeBuildName = "wasm" | "jspi" | "asyncify";

/** The version these files come from; sizes and checksums are compared with node_modules by the unit tests. */
export const RUNTIME_VERSION = "1.30.0";

/** `scripts/vite-runtime.ts` puts these files on the page's origin. */
export const RUNTIME_BUILDS: Readonly<Record<RuntimeBuildName, RuntimeBuild>> = {
  wasm: {
    script: "ort-wasm-simd-threaded.mjs",
    wasm: "ort-wasm-simd-threaded.wasm",
    parts: [
      {
        name: "ort-wasm-simd-threaded.wasm",
        bytes: 14_239_897,
        sha256: "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2",
      },
    ],
  },
  jspi: {
    script: "ort-wasm-simd-threaded.jspi.mjs",
    wasm: "ort-wasm-simd-threaded.jspi.wasm",
    parts: [
      {
        name: "ort-wasm-simd-threaded.jspi.wasm",
        bytes: 16_758_545,
        sha256: "a54c76f86b0f0d9572380cf1c6292a7b3903716ffcbcd6b0e5c7050bf430eb93",
      },
    ],
  },
  asyncify: {
    script: "ort-wasm-simd-threaded.asyncify.mjs",
    wasm: "ort-wasm-simd-threaded.asyncify.wasm",
    parts: [
      {
        name: "ort-wasm-simd-threaded.asyncify.1.wasm",
        bytes: 13_390_957,
        sha256: "457256c6ef687894dd9f7412d22e984a0ccb1a21f5408913bb810fef4fcc1e92",
      },
      {
        name: "ort-wasm-simd-threaded.asyncify.2.wasm",
        bytes: 13_390_957,
        sha256: "64a1fc79b9ec87499288c8934789c0781aed3c7fb2147c183767990b8f575580",
      },
    ],
  },
};

/**
 * Where the parts of a build's WebAssembly are fetched from, in their order. The version in the query keeps a cached older
 * script from mixing in.
 */
export function runtimeWasm(folder: string, { parts }: RuntimeBuild): PageFile[] {
  return parts.map(({ name, bytes, sha256 }) => ({
    from: "page",
    url: versioned(folder, name),
    bytes,
    sha256,
  }));
}

/** Where a build's script is loaded from. */
export function runtimeScript(folder: string, build: RuntimeBuild): string {
  return versioned(folder, build.script);
}

function versioned(folder: string, file: string): string {
  return `${new URL(file, folder).href}?v=${RUNTIME_VERSION}`;
}
