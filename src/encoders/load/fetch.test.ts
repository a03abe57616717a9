import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fetchJson, fetchKnown, fetchModule, type KnownFile } from "./fetch";

const content = Buffer.from(Uint8Array.from({ length: 300_000 }, (_, i) => (i * 7919) % 251));
const sha256 = createHash("sha256").update(content).digest("hex");

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const good: Answer = (response) => response.end(content);
const html: Answer = (response) =>
  response.setHeader("Content-Type", "text/html").end("<!doctype html><p>Hello");
const status =
  (code: number): Answer =>
  (response) =>
    response.writeHead(code).end();

/** A count in the form that WebAssembly has it in: seven bits a byte, the lowest first. */
function leb128(count: number): number[] {
  return count < 128 ? [count] : [(count & 127) | 128, ...leb128(count >> 7)];
}

describe("fetching", () => {
  let server: Server;
  let base: string;
  let answers: Answer[];
  let asked: string[];

  beforeEach(async () => {
    answers = [];
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.headers["cache-control"] ?? "");
      // The last answer is given again and again.
      const answer = answers.length > 1 ? answers.shift() : answers[0];
      answer?.(response, request);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/models/minilm`;
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const file = (): KnownFile => ({ url: `${base}/model.onnx`, bytes: content.length, sha256 });

  describe("fetchKnown", () => {
    it("gives the bytes and reports progress up to all of them", async () => {
      answers = [good];
      const received: number[] = [];
      const bytes = await fetchKnown(file(), { onBytes: (count) => received.push(count) });
      expect(Buffer.from(bytes).equals(content)).toBe(true);
      expect(received.at(-1)).toBe(content.length);
      expect([...received].sort((a, b) => a - b)).toEqual(received);
      expect(asked).toHaveLength(1);
    });

    it("fetches a damaged copy once more, past the cache", async () => {
      const damaged = Buffer.from(content);
      damaged[1000] ^= 1;
      answers = [(response) => response.end(damaged), good];
      expect(Buffer.from(await fetchKnown(file())).equals(content)).toBe(true);
      expect(asked).toEqual(["", "no-cache"]);
    });

    it.each<[string, Answer, string, string]>([
      ["a missing file", status(404), "ModelNotFound", "minilm/model.onnx is not there"],
      ["a web page with status 200", html, "ModelCorrupt", "a web page (HTML)"],
      [
        "a web page declared as something else",
        (response) => response.end("\n<!DOCTYPE html>"),
        "ModelCorrupt",
        "HTML",
      ],
      [
        "a part of the file",
        (response) => response.end(content.subarray(0, 500)),
        "ModelCorrupt",
        "only 500 of 300,000",
      ],
      ["an empty file", (response) => response.end(), "ModelCorrupt", "only 0 of 300,000"],
      [
        "more than the file",
        (response) => response.end(Buffer.concat([content, content])),
        "ModelCorrupt",
        "longer",
      ],
      ["other content", (response) => response.end(Buffer.alloc(content.length)), "ModelCorrupt", "SHA-256"],
    ])("names %s, after a second look", async (_, answer, name, message) => {
      answers = [answer];
      await expect(fetchKnown(file())).rejects.toMatchObject({
        name,
        message: expect.stringContaining(message),
        advice: expect.stringContaining("Retry"),
      });
      expect(asked).toHaveLength(2);
    });

    it.each<[string, Answer]>([
      ["a server in trouble", status(503)],
      [
        "a connection that breaks off",
        (response) => {
          response.writeHead(200, { "Content-Length": content.length });
          response.write(content.subarray(0, 1000), () => response.destroy());
        },
      ],
    ])("names %s", async (_, answer) => {
      answers = [answer];
      await expect(fetchKnown(file())).rejects.toMatchObject({ name: "NetworkFailed" });
      expect(asked).toHaveLength(1);
    });

    it("names a server that is not there", async () => {
      const unreachable = file();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await expect(fetchKnown(unreachable)).rejects.toMatchObject({ name: "NetworkFailed" });
    });

    it("stops when it is cancelled in the middle", async () => {
      answers = [
        (response) => {
          response.writeHead(200, { "Content-Length": content.length });
          response.write(content.subarray(0, 1000));
        },
      ];
      const controller = new AbortController();
      const bytes = fetchKnown(file(), { signal: controller.signal, onBytes: () => controller.abort() });
      await expect(bytes).rejects.toMatchObject({ name: "Cancelled" });
    });
  });

  describe("fetchModule", () => {
    /** Nothing but a section of the content above, behind the eight bytes that every module begins with. */
    const module = Buffer.concat([
      Buffer.from("0061736d01000000", "hex"),
      // Kind 0, then the length of what follows in seven bits a byte: a name of one letter, and the content.
      Buffer.from([0, ...leb128(content.length + 2), 1, "c".charCodeAt(0)]),
      content,
    ]);
    const cut = 100_000;
    const parts = () =>
      [module.subarray(0, cut), module.subarray(cut)].map((part, at) => ({
        url: `${base}/${at}.wasm`,
        bytes: part.length,
        sha256: createHash("sha256").update(part).digest("hex"),
        content: part,
      }));
    const part =
      (type = "application/wasm"): Answer =>
      (response, { url }) => {
        const found = parts().find((one) => one.url.endsWith(url ?? ""));
        response.setHeader("Content-Type", type).end(found?.content);
      };
    const inside = (compiled: WebAssembly.Module) =>
      WebAssembly.Module.customSections(compiled, "c").map((bytes) => Buffer.from(bytes).equals(content));

    it.each(["application/wasm", "application/octet-stream"])(
      "compiles parts that come as %s, and reports the bytes of all",
      async (type) => {
        answers = [part(type)];
        const received: number[] = [];
        const compiled = await fetchModule(parts(), { onBytes: (bytes) => received.push(bytes) });
        expect(inside(compiled)).toEqual([true]);
        expect(received.at(-1)).toBe(module.length);
        expect([...received].sort((a, b) => a - b)).toEqual(received);
        expect(asked).toHaveLength(2);
      },
    );

    it.each([0, 1])("fetches part %d alone again when it is damaged", async (bad) => {
      let isFirst = true;
      answers = [
        (response, request) => {
          if (!request.url?.endsWith(`${bad}.wasm`) || !isFirst) return part()(response, request);
          isFirst = false;
          const damaged = Buffer.from(parts()[bad].content);
          damaged[5000] ^= 1;
          response.setHeader("Content-Type", "application/wasm").end(damaged);
        },
      ];
      expect(inside(await fetchModule(parts()))).toEqual([true]);
      expect([...asked].sort()).toEqual(["", "", "no-cache"]);
    });

    it("names the part that is not there", async () => {
      answers = [
        (response, request) =>
          request.url?.endsWith("1.wasm") ? response.writeHead(404).end() : part()(response, request),
      ];
      await expect(fetchModule(parts())).rejects.toMatchObject({
        name: "ModelNotFound",
        message: expect.stringContaining("minilm/1.wasm is not there"),
      });
    });
  });

  describe("fetchJson", () => {
    it("reads JSON, asking the server whether a cached copy is still true", async () => {
      answers = [(response) => response.end('{"id":"minilm"}')];
      expect(await fetchJson(`${base}/card.json`)).toEqual({ id: "minilm" });
    });

    it.each<[string, Answer, string]>([
      ["a missing card", status(404), "ModelNotFound"],
      ["a web page", html, "ModelCorrupt"],
      ["half a card", (response) => response.end('{"id":'), "ModelCorrupt"],
    ])("names %s", async (_, answer, name) => {
      answers = [answer];
      await expect(fetchJson(`${base}/card.json`)).rejects.toMatchObject({ name });
    });
  });
});
