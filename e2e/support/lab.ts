import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { root } from "../../scripts/setup.mjs";
import { createStaticServer, listen } from "../../scripts/static-server.mjs";
import { leanThree } from "../../scripts/vite-lean-three";
import { onnxRuntime } from "../../scripts/vite-runtime";

/** A page with one room of Nearfield and nothing else. */
export interface Lab {
  /** Ends in a slash. */
  readonly url: string;
  close(): Promise<void>;
}

/** Builds a page of this folder's parent, such as "encoders.html", and serves it as `npm start` serves the whole. */
export async function openLab(page: string): Promise<Lab> {
  const folder = await mkdtemp(join(tmpdir(), "nearfield-lab-"));
  await build({
    root: join(root, "e2e"),
    configFile: false,
    base: "./",
    logLevel: "error",
    plugins: [onnxRuntime(), leanThree()],
    worker: { format: "es" },
    build: {
      target: "es2022",
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: join(root, "e2e", page) },
    },
  });
  const server = createStaticServer({ folder });
  const url = await listen(server);
  return {
    url,
    async close() {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await rm(folder, { recursive: true, force: true });
    },
  };
}
