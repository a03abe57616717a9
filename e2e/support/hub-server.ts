import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join, relative, sep } from "node:path";
import { root } from "../../scripts/setup.mjs";
import { listen } from "../../scripts/static-server.mjs";

/** What goes wrong with a request, injected for real. */
export type Trouble =
  /** Answers with this status; `code` is what the Hub says in X-Error-Code. */
  | { readonly kind: "status"; readonly status: number; readonly code?: string }
  /** Ends the connection after so many bytes of the body. */
  | { readonly kind: "cut"; readonly after: number }
  /** Sends the body at this speed. */
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  /** Sends the whole file whatever range is asked for. */
  | { readonly kind: "no-range" }
  /** Ends the connection when a range is asked for. */
  | { readonly kind: "range-blocked" }
  /** Sends another content of the same length. */
  | { readonly kind: "damaged" }
  /** Ends the connection without an answer. */
  | { readonly kind: "silent" };

/** A request that was answered. */
export interface HubRequest {
  readonly method: string;
  readonly path: string;
  readonly range?: string;
}

/** A server that answers as huggingface.co does. */
export interface HubServer {
  /** Without a slash at the end, as it is written into the setting. */
  readonly url: string;
  /** Every request since the last `reset`. */
  readonly requests: readonly HubRequest[];
  /** Lets requests whose path matches run into trouble, the next `times` of them. The default is all. */
  trouble(path: RegExp, trouble: Trouble, times?: number): void;
  /** Marks a model as one that asks for an agreement. */
  gate(id: string): void;
  /** Forgets requests, troubles and gates. */
  reset(): void;
  close(): Promise<void>;
}

interface HubFile {
  readonly path: string;
  readonly content: Buffer;
  readonly sha256: string;
  /** Git's own name for the content. */
  readonly blobId: string;
  /** Large files are kept elsewhere, and asking for them leads there. */
  readonly large: boolean;
  /** Bytes that the listing says it has, where that is not true. */
  readonly said?: number;
}

interface HubModel {
  readonly id: string;
  readonly commit: string;
  readonly files: readonly HubFile[];
}

/** The Hub keeps files from 10 MB on, and all of some kinds, out of git. */
const LARGE = /\.(onnx|onnx_data|bin|f32)$/;

/** A millisecond's worth of a slow body is too small a piece; this often is smooth enough. */
const SLOW_TICK = 20;

const tiny = join(root, "e2e", "fixtures", "hub");
const shipped = join(root, "public", "models");

/**
 * Starts a server with the Hub's layout of addresses, redirects and headers: the tiny models of `e2e/fixtures/hub` under
 * "tiny/…", the page's own under "shipped/…".
 */
export async function startHub(): Promise<HubServer> {
  const models = new Map<string, HubModel>();
  for (const [organisation, folder] of [
    ["tiny", join(tiny, "tiny")],
    ["shipped", shipped],
  ]) {
    for (const name of readdirSync(folder, { withFileTypes: true })) {
      if (name.isDirectory())
        models.set(`${organisation}/${name.name}`, readModel(organisation, folder, name.name));
    }
  }
  for (const model of oddModels(models)) models.set(model.id, model);
  const stored = new Map(
    [...models.values()].flatMap(({ files }) => files.map((file) => [file.sha256, file] as const)),
  );
  const requests: HubRequest[] = [];
  const troubles: { path: RegExp; trouble: Trouble; left: number }[] = [];
  const gated = new Set<string>();

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://hub");
    const path = decodeURIComponent(url.pathname);
    requests.push({ method: request.method ?? "", path, range: request.headers.range });
    // As the Hub does: any page may read files, and see these headers.
    response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
    response.setHeader("Vary", "Origin");
    response.setHeader(
      "Access-Control-Expose-Headers",
      "X-Repo-Commit,X-Error-Code,X-Error-Message,ETag,Accept-Ranges,Content-Range,X-Linked-Size,X-Linked-ETag",
    );
    const found = troubles.find((one) => one.left > 0 && one.path.test(path));
    if (found) found.left -= 1;
    const trouble = found?.trouble;
    const blocked = trouble?.kind === "range-blocked" && request.headers.range !== undefined;
    if (trouble?.kind === "silent" || blocked) return void request.socket.destroy();
    if (trouble?.kind === "status") return refuse(response, trouble.status, trouble.code ?? "", "Trouble.");
    if (request.method === "OPTIONS") return void response.writeHead(204).end();

    const api = /^\/api\/models\/([^/]+\/[^/]+)(?:\/revision\/(.+))?$/.exec(path);
    const file = /^\/([^/]+\/[^/]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    const [, id, revision = "main"] = api ?? file ?? [];
    if (id) {
      const model = known(models.get(id), revision, response);
      if (!model) return;
      if (file) return resolve(model, file[3], gated.has(id), request, response, trouble);
      return describe(model, gated.has(id), response);
    }
    const cdn = /^\/cdn\/([0-9a-f]{64})$/.exec(path);
    const content = cdn && stored.get(cdn[1]);
    if (content) return send(content, content.sha256, request, response, trouble);
    refuse(response, 404, "EntryNotFound", "Not found.");
  });

  const url = (await listen(server)).replace(/\/$/, "");
  return {
    url,
    requests,
    trouble(path, trouble, times = Number.POSITIVE_INFINITY) {
      troubles.push({ path, trouble, left: times });
    },
    gate: (id) => void gated.add(id),
    reset() {
      requests.length = 0;
      troubles.length = 0;
      gated.clear();
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function readModel(organisation: string, folder: string, name: string): HubModel {
  const base = join(folder, name);
  const paths = readdirSync(base, { recursive: true, encoding: "utf8" })
    .map((path) => join(base, path))
    .filter((path) => statSync(path).isFile() && !/reference\.(json|f32)$/.test(path))
    .sort();
  const files = paths.map((path): HubFile => {
    const content = readFileSync(path);
    const header = Buffer.from(`blob ${content.length}\0`);
    return {
      path: relative(base, path).split(sep).join("/"),
      content,
      sha256: createHash("sha256").update(content).digest("hex"),
      blobId: createHash("sha1").update(header).update(content).digest("hex"),
      large: LARGE.test(path),
    };
  });
  const commit = createHash("sha1")
    .update(files.map(({ path, blobId }) => `${path} ${blobId}`).join("\n"))
    .digest("hex");
  return { id: `${organisation}/${name}`, commit, files };
}

/** Models as they should not be: one without ONNX files, one that says it is larger than any browser can open. */
function oddModels(models: ReadonlyMap<string, HubModel>): HubModel[] {
  const plain = models.get("tiny/minilm");
  if (!plain) throw new Error("e2e/fixtures/hub is not there: run recipes/tiny_models.py.");
  const isOnnx = ({ path }: HubFile) => path.endsWith(".onnx");
  return [
    { ...plain, id: "tiny/no-onnx", files: plain.files.filter((file) => !isOnnx(file)) },
    {
      ...plain,
      id: "tiny/huge",
      files: plain.files.map((file) => (isOnnx(file) ? { ...file, said: 5_000_000_000 } : file)),
    },
  ];
}

function refuse(response: ServerResponse, status: number, code: string, message: string): void {
  response.writeHead(status, {
    "Content-Type": "application/json",
    "X-Error-Code": code,
    "X-Error-Message": message,
  });
  response.end(JSON.stringify({ error: message }));
}

/** The model, where it is known and has this revision; else refuses and says nothing. */
function known(
  model: HubModel | undefined,
  revision: string,
  response: ServerResponse,
): HubModel | undefined {
  if (model && (revision === "main" || revision === model.commit)) return model;
  if (model) refuse(response, 404, "RevisionNotFound", `Invalid rev id: ${revision}`);
  // The Hub tells those who are not signed in the same of a private model and of one that does not exist.
  else refuse(response, 401, "RepoNotFound", "Repository not found");
  return undefined;
}

function describe(model: HubModel, gated: boolean, response: ServerResponse): void {
  const body = {
    id: model.id,
    modelId: model.id,
    sha: model.commit,
    private: false,
    gated: gated ? "manual" : false,
    tags: ["onnx", "license:apache-2.0"],
    cardData: { license: "apache-2.0" },
    siblings: model.files.map(({ path, content, sha256, blobId, large, said = content.length }) => ({
      rfilename: path,
      size: said,
      blobId,
      ...(large ? { lfs: { sha256, size: said, pointerSize: 130 } } : {}),
    })),
  };
  response.writeHead(200, { "Content-Type": "application/json; charset=utf-8" }).end(JSON.stringify(body));
}

function resolve(
  model: HubModel,
  path: string,
  gated: boolean,
  request: IncomingMessage,
  response: ServerResponse,
  trouble: Trouble | undefined,
): void {
  if (gated) {
    refuse(response, 401, "GatedRepo", "Access to this model is restricted.");
    return;
  }
  const file = model.files.find((one) => one.path === path);
  if (!file) {
    refuse(response, 404, "EntryNotFound", "Entry not found");
    return;
  }
  response.setHeader("X-Repo-Commit", model.commit);
  if (!file.large) {
    send(file, file.blobId, request, response, trouble);
    return;
  }
  response.setHeader("X-Linked-Size", file.content.length);
  response.setHeader("X-Linked-ETag", `"${file.sha256}"`);
  response.writeHead(302, { Location: `/cdn/${file.sha256}` }).end();
}

function send(
  file: HubFile,
  etag: string,
  request: IncomingMessage,
  response: ServerResponse,
  trouble: Trouble | undefined,
): void {
  response.setHeader("ETag", `"${etag}"`);
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("Content-Type", "application/octet-stream");
  let { content } = file;
  if (trouble?.kind === "damaged") {
    content = Buffer.from(content);
    content[content.length >> 1] ^= 255;
  }
  const whole = content.length;
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "");
  if (range && trouble?.kind !== "no-range") {
    const start = Number(range[1]);
    if (start >= whole) {
      response.writeHead(416, { "Content-Range": `bytes */${whole}` }).end();
      return;
    }
    const end = range[2] === "" ? whole : Math.min(whole, Number(range[2]) + 1);
    content = content.subarray(start, end);
    response.setHeader("Content-Range", `bytes ${start}-${end - 1}/${whole}`);
    response.statusCode = 206;
  }
  response.setHeader("Content-Length", content.length);
  if (request.method === "HEAD") {
    response.end();
  } else if (trouble?.kind === "cut") {
    response.write(content.subarray(0, trouble.after), () => response.destroy());
  } else if (trouble?.kind === "slow") {
    sendSlowly(content, trouble.bytesPerSecond, response);
  } else {
    response.end(content);
  }
}

function sendSlowly(content: Buffer, bytesPerSecond: number, response: ServerResponse): void {
  const piece = Math.max(1, Math.round((bytesPerSecond * SLOW_TICK) / 1000));
  let sent = 0;
  const timer = setInterval(() => {
    if (response.destroyed) return clearInterval(timer);
    response.write(content.subarray(sent, sent + piece));
    sent += piece;
    if (sent < content.length) return;
    clearInterval(timer);
    response.end();
  }, SLOW_TICK);
}
