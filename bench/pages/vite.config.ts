import { copyFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, mergeConfig, type Plugin } from "vite";
import { root } from "../../scripts/setup.mjs";
import app from "../../vite.config.ts";

const folder = import.meta.dirname;
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));

/** The runtime that transformers.js loads, in one piece: the app serves it in two, which no other page knows to join. */
function wholeRuntime(): Plugin {
  const name = "ort-wasm-simd-threaded.asyncify.wasm";
  return {
    name: "nearfield:whole-runtime",
    // After it was looked that no file is too large for a host: these pages have none.
    closeBundle: {
      order: "post",
      handler() {
        const from = join(root, "node_modules", "onnxruntime-web", "dist", name);
        copyFileSync(from, join(root, ".cache", "bench", "ort", name));
      },
    },
  };
}

/** The benchmarks' own pages: built exactly as the app is, the peers beside it. */
export default mergeConfig(
  app,
  defineConfig({
    root: folder,
    plugins: [wholeRuntime()],
    publicDir: join(root, "public"),
    resolve: {
      // Peers that are no dependencies of ours live in a package of their own and never weigh on `npm ci`.
      alias: [{ find: /^peers\/(.*)$/, replacement: join(root, "bench", "peers", "node_modules", "$1") }],
    },
    build: {
      outDir: join(root, ".cache", "bench"),
      emptyOutDir: true,
      rollupOptions: { input: pages.map((name) => join(folder, name)) },
    },
  }),
);
