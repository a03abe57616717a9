import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { request, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createStaticServer, listen } from "./static-server.mjs";

const script = `export const text = "${"neighbour ".repeat(400)}";`;
let folder: string;
let server: Server;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "nearfield-server-"));
  mkdirSync(join(folder, "dist", "assets"), { recursive: true });
  mkdirSync(join(folder, "dist", "models"));
  writeFileSync(join(folder, "secret.txt"), "secret");
  writeFileSync(join(folder, "dist", "index.html"), "<title>Nearfield</title>");
  writeFileSync(join(folder, "dist", "assets", "index-AbCd_123.js"), script);
  writeFileSync(join(folder, "dist", "runtime.wasm"), new Uint8Array(100_000));
  writeFileSync(join(folder, "dist", "models", "model.onnx"), new Uint8Array([8, 9]));
  server = createStaticServer({ folder: join(folder, "dist") });
  address = await listen(server);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The status a path gets when it is sent as it is; `fetch` would tidy it up first. */
const rawStatus = (path: string) =>
  new Promise<number | undefined>((resolve, reject) => {
    const { port } = new URL(address);
    request({ host: "127.0.0.1", port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end();
  });

describe("the static server", () => {
  it("serves the page cross-origin isolated", async () => {
    const response = await fetch(address);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("Nearfield");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(response.headers.get("cross-origin-opener-policy")).toBe("same-origin");
    expect(response.headers.get("cross-origin-embedder-policy")).toBe("require-corp");
  });

  it.each([
    ["runtime.wasm", "application/wasm"],
    ["models/model.onnx", "application/octet-stream"],
    ["assets/index-AbCd_123.js", "text/javascript; charset=utf-8"],
  ])("names the media type of %s", async (path, type) => {
    const response = await fetch(address + path);
    expect(response.headers.get("content-type")).toBe(type);
    await response.arrayBuffer();
  });

  it("answers 404 for what is missing, never with the page", async () => {
    for (const path of ["models/missing.onnx", "missing", "models", "models/", "index.html/x"]) {
      const response = await fetch(address + path);
      expect(response.status, path).toBe(404);
      expect(await response.text()).not.toContain("<title>");
    }
  });

  it("never leaves its folder", async () => {
    for (const path of [
      "/../secret.txt",
      "/%2e%2e/secret.txt",
      "/..%2fsecret.txt",
      "/models/%2e%2e/%2e%2e/secret.txt",
    ]) {
      expect(await rawStatus(path), path).toBe(404);
    }
    expect(await rawStatus("/%00")).toBe(404);
    expect(await rawStatus("/%zz")).toBe(404);
  });

  it("refuses to be written to", async () => {
    expect((await fetch(address, { method: "POST", body: "x" })).status).toBe(405);
  });

  it("sends scripts compressed and lets hashed files be kept for ever", async () => {
    const response = await fetch(`${address}assets/index-AbCd_123.js`, {
      headers: { "Accept-Encoding": "gzip" },
    });
    expect(response.headers.get("content-encoding")).toBe("gzip");
    expect(Number(response.headers.get("content-length"))).toBeLessThan(400);
    expect(await response.text()).toBe(script);
    expect(response.headers.get("cache-control")).toContain("immutable");
  });

  it("answers 304 while a file is the same, and its content once it changed", async () => {
    const path = join(folder, "dist", "models", "model.onnx");
    const first = await fetch(`${address}models/model.onnx`);
    expect(first.headers.get("cache-control")).toBe("no-cache");
    const etag = first.headers.get("etag") ?? "";
    await first.arrayBuffer();
    const again = () => fetch(`${address}models/model.onnx`, { headers: { "If-None-Match": etag } });
    expect((await again()).status).toBe(304);
    writeFileSync(path, new Uint8Array([1, 2]));
    utimesSync(path, new Date(), new Date(Date.now() + 5000));
    const changed = await again();
    expect(changed.status).toBe(200);
    expect(new Uint8Array(await changed.arrayBuffer())).toEqual(new Uint8Array([1, 2]));
  });

  it("serves a folder below the root of its host", async () => {
    const nested = createStaticServer({ folder: join(folder, "dist"), base: "/some/where/" });
    const host = await listen(nested);
    expect((await fetch(`${host}some/where/`)).status).toBe(200);
    expect((await fetch(`${host}some/where/runtime.wasm`)).status).toBe(200);
    expect((await fetch(host)).status).toBe(404);
    nested.close();
  });

  it("takes the next port while the asked one is taken, if it may", async () => {
    const port = Number(new URL(address).port);
    const [second, third] = [createStaticServer({ folder }), createStaticServer({ folder })];
    await expect(listen(second, { port })).rejects.toThrow("EADDRINUSE");
    const moved = await listen(third, { port, tries: 20 });
    expect(Number(new URL(moved).port)).toBeGreaterThan(port);
    third.close();
  });
});
