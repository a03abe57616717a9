import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

/** Puts NOTICE beside the page, as the licences of models, samples and fonts ask for. */
export function notices(): Plugin {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  return {
    name: "nearfield:notices",
    generateBundle() {
      this.emitFile({
        type: "asset",
        fileName: "NOTICE.txt",
        source: readFileSync(join(root, "NOTICE"), "utf8"),
      });
    },
  };
}
