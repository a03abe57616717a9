import { createReadStream, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Folder of the page under which the runtime's files are found; `src/encoders/load/runtime-files.ts` names it too. */
const FOLDER = "ort";

/** One build for WASM, two for WebGPU: JSPI where the browser has it, asyncify elsewhere. */
const BUILDS = ["ort-wasm-simd-threaded", "ort-wasm-simd-threaded.jspi", "ort-wasm-simd-threaded.asyncify"];

const FILES = BUILDS.flatMap((build) => [`${build}.mjs`, `${build}.wasm`]);

const TYPES: Readonly<Record<string, string>> = { ".mjs": "text/javascript", ".wasm": "application/wasm" };

/**
 * Puts onnxruntime-web's own files on the page's origin, under `ort/`: served in development, copied into the build.
 * Also makes `onnxruntime-web/…` resolve to the builds that load these files instead of a copy inlined in the bundle.
 */
export function onnxRuntime(): Plugin {
  const dist = join(
    dirname(dirname(fileURLToPath(import.meta.url))),
    "node_modules",
    "onnxruntime-web",
    "dist",
  );
  return {
    name: "nearfield:onnx-runtime",
    config() {
      return {
        resolve: {
          alias: [
            { find: /^onnxruntime-web\/(wasm|webgpu|jspi)$/, replacement: join(dist, "ort.$1.min.mjs") },
          ],
        },
        // Pre-bundling would rewrite the dynamic imports by which the runtime finds its files.
        optimizeDeps: { exclude: ["onnxruntime-web"] },
        // Encoder workers load the WASM or the WebGPU runtime on demand, which needs modules.
        worker: { format: "es" },
      };
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        const name = basename(path);
        if (!path.startsWith(`${server.config.base}${FOLDER}/`) || !FILES.includes(name)) return next();
        const file = join(dist, name);
        response.setHeader("Content-Type", TYPES[extname(name)]);
        response.setHeader("Content-Length", statSync(file).size);
        response.setHeader("Cache-Control", "no-cache");
        // Scripts of nested workers must themselves ask for isolation, or an isolated page may not start them.
        for (const [header, value] of Object.entries(server.config.server.headers ?? {})) {
          if (value !== undefined) response.setHeader(header, value as string);
        }
        createReadStream(file).pipe(response);
      });
    },
    generateBundle() {
      for (const name of FILES) {
        this.emitFile({
          type: "asset",
          fileName: `${FOLDER}/${name}`,
          source: readFileSync(join(dist, name)),
        });
      }
    },
  };
}
