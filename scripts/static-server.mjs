/** A small static file server for the built page: `npm start`, the end-to-end tests and the benchmarks use it. */
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

/** @type {Record<string, string>} */
const mediaTypes = {
  ".avif": "image/avif",
  ".bin": "application/octet-stream",
  ".css": "text/css; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".f32": "application/octet-stream",
  ".gif": "image/gif",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpeg": "image/jpeg",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".md": "text/markdown; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".onnx": "application/octet-stream",
  ".png": "image/png",
  ".svg": "image/svg+xml; charset=utf-8",
  ".tsv": "text/tab-separated-values; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json; charset=utf-8",
  ".webp": "image/webp",
  ".woff2": "font/woff2",
};

/** Sent with every answer. The first two make the page cross-origin isolated, which WASM threads need. */
const commonHeaders = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

/** Compressing shrinks these; pictures, fonts and quantised weights are dense already. */
const compressible = /^(text\/|application\/(json|wasm|manifest\+json)|image\/svg)/;

/** Smaller answers fit one network packet anyway. */
const smallestCompressed = 1400;

/** WASM is megabytes: compressing it costs more time than a loopback connection saves. */
const loopback = /^(::1|127\.|::ffff:127\.)/;

/** Vite's names for files that never change their content: `assets/name-HASH8.ext`. */
const hashedName = /\/assets\/.+-[\w-]{8}\.\w+$/;

/**
 * @typedef {object} StaticServerOptions
 * @property {string} folder The folder whose files are served.
 * @property {string} [base] The URL path the folder appears under. The default is "/".
 */

/**
 * Makes a server (not yet listening) for the files of a folder. A missing file is a 404, never a fallback page.
 * Files with a hash in their name may be kept for ever; all others are asked for again and answered with 304 when
 * their size and time are the same, so a page is never stale and a warm load sends no bodies.
 *
 * @param {StaticServerOptions} options
 * @returns {import("node:http").Server}
 */
export function createStaticServer({ folder, base = "/" }) {
  /** @type {Map<string, Promise<Buffer>>} compressed files by path and ETag */
  const compressed = new Map();

  /** @param {string} path @param {string} etag */
  const compressedFile = (path, etag) => {
    const key = `${path}\0${etag}`;
    let body = compressed.get(key);
    if (!body) {
      body = readFile(path).then((content) => compress(content));
      body.catch(() => compressed.delete(key));
      compressed.set(key, body);
    }
    return body;
  };

  /** @param {import("node:http").IncomingMessage} request @param {import("node:http").ServerResponse} response */
  const answer = async (request, response) => {
    for (const [name, value] of Object.entries(commonHeaders)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.setHeader("Allow", "GET, HEAD");
      return refuse(response, 405, "Only GET and HEAD are answered.");
    }
    const path = filePath(folder, base, request.url ?? "/");
    const entry = path === undefined ? undefined : await stat(path).catch(() => undefined);
    if (path === undefined || !entry?.isFile()) return refuse(response, 404, "Not found.");

    const type = mediaTypes[extname(path).toLowerCase()] ?? "application/octet-stream";
    const local = loopback.test(request.socket.remoteAddress ?? "");
    const zipped =
      compressible.test(type) &&
      entry.size >= smallestCompressed &&
      !(type === "application/wasm" && local) &&
      /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    const etag = `"${entry.size.toString(36)}-${Math.round(entry.mtimeMs).toString(36)}${zipped ? "-gz" : ""}"`;
    response.setHeader("ETag", etag);
    response.setHeader("Vary", "Accept-Encoding");
    const urlPath = (request.url ?? "").split("?")[0] ?? "";
    response.setHeader(
      "Cache-Control",
      hashedName.test(urlPath) ? "public, max-age=31536000, immutable" : "no-cache",
    );
    if ((request.headers["if-none-match"] ?? "").split(/\s*,\s*/).includes(etag)) {
      response.writeHead(304).end();
      return;
    }
    response.setHeader("Content-Type", type);
    if (zipped) {
      const body = await compressedFile(path, etag);
      response.setHeader("Content-Encoding", "gzip");
      response.setHeader("Content-Length", body.length);
      response.writeHead(200).end(request.method === "HEAD" ? undefined : body);
      return;
    }
    response.setHeader("Content-Length", entry.size);
    response.writeHead(200);
    if (request.method === "HEAD") {
      response.end();
      return;
    }
    // Large reads: models are tens of megabytes, and 64 kB at a time halves the speed over loopback.
    createReadStream(path, { highWaterMark: 1 << 20 })
      .on("error", () => response.destroy())
      .pipe(response);
  };

  return createServer((request, response) => {
    answer(request, response).catch(() => {
      if (response.headersSent) response.destroy();
      else refuse(response, 500, "The file could not be read.");
    });
  });
}

/** @param {import("node:http").ServerResponse} response @param {number} status @param {string} message */
function refuse(response, status, message) {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" });
  response.end(`${message}\n`);
}

/**
 * The file a URL names, or undefined when it names none inside the folder.
 *
 * @param {string} folder @param {string} base @param {string} url
 */
function filePath(folder, base, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/)[0] ?? "/");
  } catch {
    return undefined;
  }
  if (!path.startsWith(base) || path.includes("\0")) return undefined;
  const relative = normalize(path.slice(base.length) || "index.html");
  if (relative.startsWith("..") || relative.startsWith(sep) || /^[a-z]:/i.test(relative)) return undefined;
  return join(
    folder,
    path.endsWith("/") && relative !== "index.html" ? join(relative, "index.html") : relative,
  );
}

/**
 * Starts listening.
 *
 * @param {import("node:http").Server} server
 * @param {{ host?: string, port?: number, tries?: number }} [options] The default host is 127.0.0.1, reachable from
 *   this machine only; the default port is 0, any free one. `tries`: ports tried, one after another, while they are
 *   taken. The default is 1.
 * @returns {Promise<string>} the server's address, ending in a slash
 */
export async function listen(server, { host = "127.0.0.1", port = 0, tries = 1 } = {}) {
  for (let attempt = 0; ; attempt++) {
    try {
      await new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port + attempt, host, () => {
          server.off("error", reject);
          resolve(undefined);
        });
      });
      break;
    } catch (error) {
      const taken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!taken || attempt + 1 >= tries) throw error;
    }
  }
  const address = server.address();
  const bound = address && typeof address === "object" ? address.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${bound}/`;
}
