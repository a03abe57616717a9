/**
 * Files of the Hub that were fetched, kept in the browser's Cache API. A file stands there in pieces, each an entry of its
 * own under the file's address and the place where it begins: so a download that stops can go on where it was, whatever
 * ended it, and two tabs can't spoil each other's files.
 */
const CACHE = "nearfield-models-1";

/** Says where in a file a piece begins. */
const FROM = "nearfield-from";

/** Tells the whole file's length, in a piece's headers. */
const TOTAL = "X-Nearfield-Total";

/** One kept piece of a file. */
export interface KeptPiece {
  readonly url: string;
  readonly from: number;
  readonly bytes: number;
  /** Bytes of the whole file. */
  readonly total: number;
}

/** Opens the store; undefined where the browser has none: blocked, or a page over plain HTTP from another machine. */
async function open(): Promise<Cache | undefined> {
  try {
    return await globalThis.caches?.open(CACHE);
  } catch {
    return undefined;
  }
}

/** Keeps a piece. Gives back false when it could not be kept: no store, or no space. */
export async function keepPiece(
  url: string,
  from: number,
  data: Uint8Array<ArrayBuffer>,
  total: number,
): Promise<boolean> {
  const cache = await open();
  try {
    await cache?.put(
      pieceUrl(url, from),
      new Response(data, { headers: { "Content-Length": `${data.length}`, [TOTAL]: `${total}` } }),
    );
    return cache !== undefined;
  } catch {
    return false;
  }
}

/**
 * Copies what is kept of a file, from its beginning on, into `into`, which has the file's length. Gives back how many
 * bytes that were. `onBytes` hears of them as they are read.
 */
export async function readKept(
  url: string,
  into: Uint8Array<ArrayBuffer>,
  onBytes: (bytes: number) => void = () => {},
): Promise<number> {
  const cache = await open();
  let have = 0;
  while (cache && have < into.length) {
    const piece = await cache.match(pieceUrl(url, have));
    if (!piece || piece.headers.get(TOTAL) !== `${into.length}`) break;
    const data = new Uint8Array(await piece.arrayBuffer());
    if (data.length === 0 || have + data.length > into.length) break;
    into.set(data, have);
    have += data.length;
    onBytes(have);
  }
  return have;
}

/** Keeps a short text, such as an answer of the Hub, until it is forgotten; where there is no space, not at all. */
export async function keepText(url: string, text: string): Promise<void> {
  await (await open())?.put(url, new Response(text)).catch(() => {});
}

/** A text that was kept. */
export async function readText(url: string): Promise<string | undefined> {
  return await (await (await open())?.match(url))?.text();
}

/** Every piece that is kept. */
export async function keptPieces(): Promise<KeptPiece[]> {
  const cache = await open();
  if (!cache) return [];
  const pieces = await Promise.all(
    (await cache.keys()).map(async (request): Promise<KeptPiece | undefined> => {
      const url = new URL(request.url);
      const from = url.searchParams.get(FROM);
      const headers = (await cache.match(request))?.headers;
      if (from === null || !headers) return undefined;
      url.search = "";
      const [bytes, total] = [Number(headers.get("Content-Length")), Number(headers.get(TOTAL))];
      return { url: url.href, from: Number(from), bytes, total };
    }),
  );
  return pieces.filter((piece) => piece !== undefined);
}

/** Forgets texts, and all pieces of files, whose address passes. */
export async function forgetPieces(passes: (url: string) => boolean): Promise<void> {
  const cache = await open();
  if (!cache) return;
  for (const request of await cache.keys()) {
    const url = new URL(request.url);
    url.search = "";
    if (passes(url.href)) await cache.delete(request);
  }
}

function pieceUrl(url: string, from: number): string {
  const piece = new URL(url);
  piece.searchParams.set(FROM, `${from}`);
  return piece.href;
}
