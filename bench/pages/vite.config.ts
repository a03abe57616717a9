import { readdirSync } from "node:fs";
import { join } from "node:path";
import { defineConfig, mergeConfig } from "vite";
import { root } from "../../scripts/setup.mjs";
import app from "../../vite.config.ts";

const folder = import.meta.dirname;
const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));

/** The benchmarks' own pages: built exactly as the app is, the peers beside it. */
export default mergeConfig(
  app,
  defineConfig({
    root: folder,
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
