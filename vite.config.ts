import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { leanThree } from "./scripts/vite-lean-three.ts";
import { notices } from "./scripts/vite-notices.ts";
import { preloadPage } from "./scripts/vite-preload.ts";
import { onnxRuntime } from "./scripts/vite-runtime.ts";
import { smallFiles } from "./scripts/vite-small-files.ts";

/** Makes the page cross-origin isolated, which WASM threads need; the same headers as scripts/static-server.mjs. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

export default defineConfig({
  // Relative addresses: the built page works in any folder of any static host.
  base: "./",
  // One page without routes. A single-page fallback would answer a missing model with HTML and status 200.
  appType: "mpa",
  plugins: [react(), leanThree(), onnxRuntime(), notices(), preloadPage(), smallFiles()],
  worker: { format: "es", plugins: () => [leanThree()] },
  optimizeDeps: {
    // The page alone: the benchmarks' pages import peers that need not be installed.
    entries: ["index.html"],
    // Found only once a part that loads on demand is opened; finding them then would reload the page under the user.
    include: ["cmdk", "radix-ui", "three", "umap-js", "@huggingface/tokenizers"],
  },
  build: {
    // Every browser with WASM SIMD, threads and module workers reads ES2022.
    target: "es2022",
    sourcemap: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    // Fonts and icons stay files: inlined ones would weigh on the first load of the script that names them.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        // Each with all it imports, in one file: what lazy parts share with the page would else come in fifty small ones.
        codeSplitting: {
          groups: [
            { name: "start", test: /\/src\/main\.ts$|preload-helper/, priority: 1 },
            { name: "page", test: /\/src\/app\/page\.tsx$/ },
          ],
        },
      },
    },
    license: { fileName: "licences.md" },
  },
  server: { headers: isolation },
  preview: { headers: isolation },
});
