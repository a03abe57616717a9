import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Runtime, startRuntime } from "./runtime";
import { RUNTIME_BUILDS } from "./runtime-files";

let started: Promise<Runtime> | undefined;

/** onnxruntime-web's WebAssembly on one thread of Node, for tests: the page's own code around it, without the browser. */
export function nodeRuntime(): Promise<Runtime> {
  const folder = join(import.meta.dirname, "../../../node_modules/onnxruntime-web/dist");
  started ??= startRuntime(
    { kind: "wasm", threads: 1, build: "wasm" },
    `${pathToFileURL(folder).href}/`,
    WebAssembly.compile(readFileSync(join(folder, RUNTIME_BUILDS.wasm.wasm))),
  );
  return started;
}
