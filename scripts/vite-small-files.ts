import { readdirSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import type { Plugin } from "vite";

/** The largest file a build may hold, in bytes: static hosts refuse larger ones, Cloudflare Pages those above 25 MiB. */
export const LARGEST_FILE = 24_000_000;

/** Fails a build that holds a file which some static hosts would refuse, and names it. */
export function smallFiles(): Plugin {
  let folder = "";
  return {
    name: "nearfield:small-files",
    apply: "build",
    configResolved({ root, build }) {
      folder = resolve(root, build.outDir);
    },
    // Only then the files of public/ are there too.
    closeBundle: {
      order: "post",
      handler() {
        const large = readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ parentPath, name }) => join(parentPath, name))
          .map((path) => ({ path: relative(folder, path), bytes: statSync(path).size }))
          .filter(({ bytes }) => bytes > LARGEST_FILE)
          .map(({ path, bytes }) => `${path} (${(bytes / 1e6).toFixed(1)} MB)`);
        if (large.length > 0) {
          this.error(
            `Some static hosts refuse files of more than ${LARGEST_FILE / 1e6} MB: ${large.join(", ")}. Cut or shrink them.`,
          );
        }
      },
    },
  };
}
