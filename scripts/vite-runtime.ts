import { createReadStream, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { RUNTIME_BUILDS } from "../src/encoders/load/runtime-files.ts";

/** Folder of the page under which the runtime's files are found; `src/encoders/load/locations.ts` names it too. */
const FOLDER = "ort";

/** A file of the page, and the bytes of onnxruntime-web's own file that it holds. */
interface Served {
  readonly name: string;
  readonly source: string;
  readonly start: number;
  /** One past the last byte. */
  readonly end: number;
}

const TYPES: Readonly<Record<string, string>> = { ".mjs": "text/javascript", ".wasm": "application/wasm" };

/**
 * Puts onnxruntime-web's own files on the page's origin, under `ort/`: served in development, copied into the build. A
 * file that some static hosts would refuse is cut into parts. Also makes `onnxruntime-web/…` resolve to the builds that
 * load these files instead of a copy inlined in the bundle.
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
      const files = served(dist);
      server.middlewares.use((request, response, next) => {
        const path = new URL(request.url ?? "/", "http://localhost").pathname;
        const file = files.find(({ name }) => name === basename(path));
        if (!path.startsWith(`${server.config.base}${FOLDER}/`) || !file) return next();
        const { name, source, start, end } = file;
        response.setHeader("Content-Type", TYPES[extname(name)]);
        response.setHeader("Content-Length", end - start);
        response.setHeader("Cache-Control", "no-cache");
        // Scripts of nested workers must themselves ask for isolation, or an isolated page may not start them.
        for (const [header, value] of Object.entries(server.config.server.headers ?? {})) {
          if (value !== undefined) response.setHeader(header, value as string);
        }
        createReadStream(source, { start, end: end - 1 }).pipe(response);
      });
    },
    generateBundle() {
      for (const { name, source, start, end } of served(dist)) {
        this.emitFile({
          type: "asset",
          fileName: `${FOLDER}/${name}`,
          source: readFileSync(source).subarray(start, end),
        });
      }
    },
  };
}

/** All files under `ort/`, from the builds that lie in `dist`. */
function served(dist: string): Served[] {
  return Object.values(RUNTIME_BUILDS).flatMap(({ script, wasm, parts }) => {
    const source = join(dist, script);
    let end = 0;
    const cuts = parts.map(({ name, bytes }) => {
      const start = end;
      end += bytes;
      return { name, source: join(dist, wasm), start, end };
    });
    return [{ name: script, source, start: 0, end: statSync(source).size }, ...cuts];
  });
}
