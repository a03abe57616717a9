import { NamedError, throwIfCancelled } from "../../core/errors";
import { gitBlobId, sha256 } from "../load/checksum";
import { type FetchOptions, shortName } from "../load/fetch";
import type { HubFile } from "../load/files";
import { nameRefusal, reach } from "./errors";
import { forgetPieces, keepPiece, readKept } from "./store";

/** Pieces of this many bytes are kept as they come: what a closed tab loses of a download is less than this. */
const PIECE = 4 * 1024 * 1024;

/** A download that is cut goes on by itself this often, after so many milliseconds each. */
const PAUSES = [250, 1000, 2000];

/** A file on its way. */
interface Download {
  readonly file: HubFile;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: FetchOptions;
  /** Bytes that are there. */
  have: number;
  /** Bytes of them that are kept, where they are to be. */
  kept: number;
  /** Bytes of them that were kept before this download began. */
  before: number;
  /** False once asking for the rest alone brought nothing: some browsers and networks let no ranges through. */
  ranged: boolean;
  /** True once the Hub answered: from then on a failure is a cut, before it is out of reach. */
  answered: boolean;
}

/**
 * A file of the Hub: what is kept of it, the rest over the network. A download that is cut goes on where it was, now and
 * after a reload. The content is checked: by SHA-256 where the Hub says it, else by git's own checksum; a file that fails
 * is forgotten and fetched once more from its beginning.
 *
 * A range is asked for without If-Range: that header would make the browser ask the Hub's storage for permission first,
 * which not every storage gives. The address holds the commit, so that its content never changes, and the check at the
 * end finds what changed all the same.
 *
 * Throws `Offline`, `NetworkFailed`, `DownloadCut` (some came, then no more, thrice), `ModelNotFound`, `ModelGated`,
 * `ModelCorrupt` (another content), `ModelTooLarge` (no memory for it) or `Cancelled`.
 */
export async function fetchHubFile(
  file: HubFile,
  options: FetchOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const download: Download = {
    file,
    bytes: allocate(file),
    options,
    have: 0,
    kept: 0,
    before: 0,
    ranged: true,
    answered: false,
  };
  download.have = await readKept(file.url, download.bytes, (bytes) => options.onBytes?.(bytes, bytes));
  download.kept = download.before = download.have;
  throwIfCancelled(options.signal);
  await complete(download);
  if (await isGenuine(download)) return download.bytes;
  await startOver(download);
  await complete(download);
  if (await isGenuine(download)) return download.bytes;
  await forgetPieces((url) => url === file.url);
  throw new NamedError(
    "ModelCorrupt",
    `${shortName(file.url)} is damaged: its content is not what the Hub says (checksum differs).`,
    { advice: "Retry; if it stays, something between you and the Hub changes the files." },
  );
}

function allocate(file: HubFile): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(file.bytes);
  } catch (cause) {
    throw new NamedError("ModelTooLarge", `There is no memory for ${shortName(file.url)}.`, {
      advice: "Close other tabs, or choose a smaller model or number format.",
      cause,
    });
  }
}

async function isGenuine({ file, bytes, options }: Download): Promise<boolean> {
  const [expected, found] =
    file.sha256 === undefined
      ? [file.blobId, file.blobId === undefined ? undefined : await gitBlobId(bytes)]
      : [file.sha256, await sha256(bytes)];
  throwIfCancelled(options.signal);
  return expected === undefined || found === undefined || expected === found;
}

async function startOver(download: Download): Promise<void> {
  const { file, options } = download;
  await forgetPieces((url) => url === file.url);
  download.have = download.kept = download.before = 0;
  options.onBytes?.(0, 0);
}

/**
 * Fetches what is missing, going on after a cut as long as each attempt brings something. Where asking for the rest brings
 * nothing, the whole is asked for; what is there is let go only when that answers.
 */
async function complete(download: Download): Promise<void> {
  const { file, bytes, options } = download;
  for (let attempt = 0; download.have < bytes.length; attempt++) {
    const before = download.have;
    try {
      await fetchRest(download);
      if (download.have === bytes.length) return;
    } catch (error) {
      throwIfCancelled(options.signal);
      if (error instanceof NamedError && error.name !== "NetworkFailed") throw error;
      if (!download.answered && download.have === 0) throw error;
    }
    const stuck = download.have === before;
    if (attempt >= PAUSES.length || (stuck && !download.ranged)) throw cut(file, download.have);
    if (stuck) download.ranged = false;
    await pause(PAUSES[attempt], options.signal);
  }
}

function cut(file: HubFile, have: number): NamedError {
  const came = `${have.toLocaleString("en")} of ${file.bytes.toLocaleString("en")} bytes`;
  if (globalThis.navigator?.onLine === false) {
    return new NamedError(
      "Offline",
      `You went offline while ${shortName(file.url)} came: ${came} are here.`,
      {
        advice: "Connect and retry; what came is kept.",
      },
    );
  }
  return new NamedError(
    "DownloadCut",
    `The download of ${shortName(file.url)} broke off: ${came} are here.`,
    {
      advice: "Retry; it goes on where it stopped.",
    },
  );
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  throwIfCancelled(signal);
}

async function fetchRest(download: Download): Promise<void> {
  const { file, bytes, options } = download;
  const name = shortName(file.url);
  const response = await reach(file.url, name, options.signal, () =>
    fetch(file.url, {
      signal: options.signal,
      // Kept here piece by piece; the browser's own cache would keep it a second time.
      cache: "no-store",
      ...(download.have > 0 && download.ranged ? { headers: { Range: `bytes=${download.have}-` } } : {}),
    }),
  );
  if (!response.ok) throw nameRefusal(response, name);
  download.answered = true;
  // Without the header visible to the page, a partial answer is the one that was asked for.
  const range = /^bytes (\d+)-/.exec(response.headers.get("Content-Range") ?? "");
  const starts = response.status === 206 ? Number(range?.[1] ?? download.have) : 0;
  if (starts !== download.have) await startOver(download);
  const reader = response.body?.getReader();
  try {
    while (reader) {
      const { done, value } = await reach(file.url, name, options.signal, () => reader.read());
      if (done) break;
      if (download.have + value.length > bytes.length) {
        void reader.cancel();
        throw new NamedError("ModelCorrupt", `${name} is damaged: it is longer than the Hub says.`, {
          advice: "Retry.",
        });
      }
      bytes.set(value, download.have);
      download.have += value.length;
      options.onBytes?.(download.have, download.before);
      if (download.have - download.kept >= PIECE) await keep(download);
    }
  } finally {
    await keep(download);
  }
}

/** Keeps what came since the last piece. Where there is no space for it the download goes on without. */
async function keep(download: Download): Promise<void> {
  const { file, bytes, have, kept, options } = download;
  if (have === kept || options.keep === false) return;
  download.kept = have;
  await keepPiece(file.url, kept, bytes.slice(kept, have), bytes.length);
}
