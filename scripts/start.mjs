/**
 * `npm start`: sets everything up (packages, build), serves the page and prints one line with its address.
 *
 * PORT: the port to serve on; without it 4173, or the next free one. HOST: the address to listen on. The default is
 * 127.0.0.1, so that nobody else on the network sees the page.
 */
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, root } from "./setup.mjs";
import { createStaticServer, listen } from "./static-server.mjs";

/** Vite's customary port for a built page. */
const customaryPort = 4173;

const asked = process.env.PORT;
const port = asked ? Number(asked) : customaryPort;
if (!Number.isInteger(port) || port < 0 || port > 65535) {
  console.error(`PORT must be a whole number from 0 to 65535, not “${asked}”.`);
  process.exit(1);
}

ensureInstalled();
ensureBuilt();

const server = createStaticServer({ folder: join(root, "dist") });
try {
  // A hundred ports further on something other than a few running copies is wrong.
  const address = await listen(server, {
    host: process.env.HOST || "127.0.0.1",
    port,
    tries: asked ? 1 : 100,
  });
  console.log(`Nearfield is at ${address}`);
} catch (error) {
  console.error(`Port ${port} cannot be used: ${error instanceof Error ? error.message : error}`);
  process.exit(1);
}

const stop = () => {
  server.close(() => process.exit(0));
  server.closeAllConnections();
};
process.once("SIGINT", stop);
process.once("SIGTERM", stop);

// A signal sent to npm ends npm and its shell, but does not reach this process.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 1000).unref();
}
