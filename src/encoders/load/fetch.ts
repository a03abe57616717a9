import { NamedError, throwIfCancelled } from "../../core/errors";
import { sha256 } from "./checksum";

/** A file whose content is known before it is fetched. */
export interface KnownFile {
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal. */
  readonly sha256: string;
}

/** How a file is fetched, stopped and followed. */
export interface FetchOptions {
  readonly signal?: AbortSignal;
  /**
   * Called with the bytes received so far, and how many of them were kept from an earlier visit; may fall back to 0
   * when a damaged copy is fetched again.
   */
  readonly onBytes?: (received: number, kept?: number) => void;
  /** Whether a file of the Hub is kept for later visits. The default is true. */
  readonly keep?: boolean;
  /** Called with every answer that is a file, before it is read; what it clones comes as the file does. */
  readonly onAnswer?: (answer: Response) => void;
}

const RETRY = "Check your connection and retry.";
const PUT_BACK = "Retry; if it stays, the page's host has to put the file there again.";

/**
 * Fetches a file and checks its length and SHA-256. Any cached copy will do, because its content is checked; a copy
 * that fails is never used again: the file is fetched once more past the cache.
 *
 * Throws `ModelNotFound` (404), `NetworkFailed`, `ModelCorrupt` (a web page instead of the file, too short or long,
 * other content than the card says) or `Cancelled`.
 */
export async function fetchKnown(
  file: KnownFile,
  options: FetchOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await fetchChecked(file, "force-cache", options);
  } catch (error) {
    const damaged =
      error instanceof NamedError && (error.name === "ModelCorrupt" || error.name === "ModelNotFound");
    if (!damaged) throw error;
    options.onBytes?.(0);
    return await fetchChecked(file, "reload", options);
  }
}

/**
 * Fetches the parts of a WebAssembly file, all at once, and compiles the whole while it comes. Throws as `fetchKnown`
 * does; content is checked before the module is handed out. `onBytes` hears of the sum.
 */
export async function fetchModule(
  parts: readonly KnownFile[],
  { signal, onBytes }: Pick<FetchOptions, "signal" | "onBytes"> = {},
): Promise<WebAssembly.Module> {
  const received = parts.map(() => 0);
  const copies: Response[] = [];
  let streamed: Promise<WebAssembly.Module> | undefined;
  const fetches = parts.map((part, at) =>
    fetchKnown(part, {
      signal,
      onBytes(bytes) {
        received[at] = bytes;
        onBytes?.(received.reduce((sum, one) => sum + one));
      },
      onAnswer(answer) {
        copies[at] = answer.clone();
        const fresh = parts.every((_, place) => copies[place]?.bodyUsed === false);
        // A part that is fetched again comes after the others were read: then only what is checked can be compiled.
        streamed = fresh ? WebAssembly.compileStreaming(endToEnd(copies)) : undefined;
        streamed?.catch(() => {});
      },
    }),
  );
  const bytes = await Promise.all(fetches);
  // A server that does not know the type of .wasm files spoils streaming, not compiling.
  return (
    (await streamed?.catch(() => undefined)) ??
    (await WebAssembly.compile(await new Blob(bytes).arrayBuffer()))
  );
}

/** One answer with the content of several; an answer that is alone stays what it is, so that browsers keep its code. */
function endToEnd(answers: readonly Response[]): Response {
  if (answers.length === 1) return answers[0];
  const { readable, writable } = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
  const pass = async () => {
    for (const { body } of answers) await body?.pipeTo(writable, { preventClose: true });
    await writable.close();
  };
  // What reads it hears of the failure.
  pass().catch(() => {});
  return new Response(readable, { headers: { "Content-Type": "application/wasm" } });
}

/**
 * Fetches JSON, asking the server whether a cached copy is still true. Throws as `fetchKnown` does, and `ModelCorrupt`
 * when the content is not JSON.
 */
export async function fetchJson(url: string, signal?: AbortSignal): Promise<unknown> {
  const response = await request(url, { cache: "no-cache", signal });
  const text = await body(url, signal, () => response.text());
  refuseWebPage(url, response, text);
  return parseJson(text, shortName(url));
}

/** Parses bytes of the file called `file`. Throws `ModelCorrupt` when they are not JSON. */
export function parseJsonBytes(bytes: Uint8Array, file: string): unknown {
  return parseJson(new TextDecoder().decode(bytes), file);
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new NamedError("ModelCorrupt", `${file} is damaged: it is not JSON.`, {
      advice: PUT_BACK,
      cause,
    });
  }
}

async function fetchChecked(
  file: KnownFile,
  cache: RequestCache,
  { signal, onBytes, onAnswer }: FetchOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(file.url, { cache, signal });
  onAnswer?.(response);
  const bytes = new Uint8Array(file.bytes);
  let received = 0;
  const reader = response.body?.getReader();
  while (reader) {
    const { done, value } = await body(file.url, signal, () => reader.read());
    if (done) break;
    if (received === 0) refuseWebPage(file.url, response, new TextDecoder().decode(value.subarray(0, 256)));
    if (received + value.length > file.bytes) {
      void reader.cancel();
      throw corrupt(file, `longer than the ${file.bytes.toLocaleString("en")} bytes it should have`);
    }
    bytes.set(value, received);
    received += value.length;
    onBytes?.(received);
  }
  if (received < file.bytes) {
    throw corrupt(
      file,
      `only ${received.toLocaleString("en")} of ${file.bytes.toLocaleString("en")} bytes came`,
    );
  }
  const checksum = await sha256(bytes);
  throwIfCancelled(signal);
  if (checksum !== undefined && checksum !== file.sha256) {
    throw corrupt(file, "its content is not what the model's card says (SHA-256 differs)");
  }
  return bytes;
}

async function request(url: string, options: RequestInit): Promise<Response> {
  const response = await body(url, options.signal ?? undefined, () => fetch(url, options));
  if (response.status === 404 || response.status === 410) {
    throw new NamedError(
      "ModelNotFound",
      `${shortName(url)} is not there (${response.status} from ${response.url || url}).`,
      {
        advice: "Retry; if it stays, the page was installed without this model.",
      },
    );
  }
  if (!response.ok) {
    throw new NamedError(
      "NetworkFailed",
      `${shortName(url)} could not be fetched: the server answered ${response.status}.`,
      {
        advice: RETRY,
      },
    );
  }
  return response;
}

/** Runs one step that talks to the network, and names what goes wrong in it. */
async function body<T>(url: string, signal: AbortSignal | undefined, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throwIfCancelled(signal);
    const offline = typeof navigator !== "undefined" && navigator.onLine === false;
    const message = offline
      ? `You are offline, so ${shortName(url)} could not be fetched.`
      : `${shortName(url)} could not be fetched: the connection failed.`;
    throw new NamedError("NetworkFailed", message, { advice: RETRY, cause });
  }
}

/** Some hosts answer a missing file with their start page and status 200. */
function refuseWebPage(url: string, response: Response, start: string): void {
  const declared = response.headers.get("content-type")?.includes("text/html") ?? false;
  if (!declared && !/^\s*<(!doctype|html)/i.test(start)) return;
  throw new NamedError(
    "ModelCorrupt",
    `${shortName(url)} is damaged: the server sent a web page (HTML) in its place.`,
    {
      advice: PUT_BACK,
    },
  );
}

function corrupt(file: KnownFile, reason: string): NamedError {
  return new NamedError("ModelCorrupt", `${shortName(file.url)} is damaged: ${reason}.`, {
    advice: PUT_BACK,
  });
}

/** The last two parts of a URL's path: enough to know which file is meant. */
export function shortName(url: string): string {
  return new URL(url).pathname.split("/").slice(-2).join("/");
}
