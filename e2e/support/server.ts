import { existsSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";
import { createStaticServer, listen } from "../../scripts/static-server.mjs";

/** Serves dist/ as `npm start` does, for as long as the tests run; tests find it by NEARFIELD_URL. */
export default async function serve(): Promise<() => Promise<void>> {
  const folder = join(root, "dist");
  if (!existsSync(join(folder, "index.html")))
    throw new Error("dist/ is missing: run `npm run build` first.");
  const server = createStaticServer({ folder });
  process.env.NEARFIELD_URL = await listen(server);
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
}
