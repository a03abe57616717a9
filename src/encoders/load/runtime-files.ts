import type { PageFile } from "./files";

/** One of onnxruntime-web's builds. */
export interface RuntimeBuild {
  /** The JavaScript half, under `ort/`. */
  readonly script: string;
  /** The WebAssembly half, under `ort/`. */
  readonly wasm: string;
  readonly bytes: number;
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
    bytes: 14_239_897,
    sha256: "3398c10d07d229bd91b364548e130e0e51a8e5704b88c7c083ebbeb78842dee2",
  },
  jspi: {
    script: "ort-wasm-simd-threaded.jspi.mjs",
    wasm: "ort-wasm-simd-threaded.jspi.wasm",
    bytes: 16_758_545,
    sha256: "a54c76f86b0f0d9572380cf1c6292a7b3903716ffcbcd6b0e5c7050bf430eb93",
  },
  asyncify: {
    script: "ort-wasm-simd-threaded.asyncify.mjs",
    wasm: "ort-wasm-simd-threaded.asyncify.wasm",
    bytes: 26_781_914,
    sha256: "39f9f0894d478800487ed9f7dbe92618498db320cf55c8e3d89adff8dce658da",
  },
};

/** Where a build's WebAssembly is fetched from. The version in the query keeps a cached older script from mixing in. */
export function runtimeWasm(folder: string, build: RuntimeBuild): PageFile {
  return { from: "page", url: versioned(folder, build.wasm), bytes: build.bytes, sha256: build.sha256 };
}

/** Where a build's script is loaded from. */
export function runtimeScript(folder: string, build: RuntimeBuild): string {
  return versioned(folder, build.script);
}

function versioned(folder: string, file: string): string {
  return `${new URL(file, folder).href}?v=${RUNTIME_VERSION}`;
}
