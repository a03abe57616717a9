import { NamedError } from "../../core/errors";
import { Fields } from "../fields";
import { type FetchOptions, parseJsonBytes } from "../load/fetch";
import type { HubFile } from "../load/files";
import { nameRefusal, reach } from "./errors";
import type { HubId } from "./id";
import { keepText, readText } from "./store";

/** What the Hub says of a model at one commit. */
export interface HubListing {
  readonly id: string;
  /** As it was asked for; "main" unless another one was. */
  readonly revision: string;
  /** The commit's full name, which addresses of files hold. */
  readonly commit: string;
  /** As the Hub writes it, such as "apache-2.0"; absent where the model's page names none. */
  readonly licence?: string;
  /** True when files are only given to those who agreed to the model's terms. */
  readonly gated: boolean;
  /** By path in the repository. */
  readonly files: ReadonlyMap<string, HubFile>;
}

/**
 * Asks the Hub what a model consists of, and keeps the answer unless told not to. Without a connection, what the Hub said
 * last time is taken, if it is kept: its files may be kept too.
 *
 * Throws `ModelNotFound`, `ModelGated`, `Offline`, `NetworkFailed`, `ModelCorrupt` (an answer that can't be read) or
 * `Cancelled`.
 */
export async function fetchListing(
  { id, revision = "main" }: HubId,
  host: string,
  { signal, keep = true }: Pick<FetchOptions, "signal" | "keep"> = {},
): Promise<HubListing> {
  const url = `${host}/api/models/${id}/revision/${encodeURIComponent(revision)}`;
  const text = await fetchText(`${url}?blobs=true`, id, signal).catch(async (error) => {
    const unreachable = error instanceof NamedError && ["Offline", "NetworkFailed"].includes(error.name);
    const kept = unreachable ? await readText(url) : undefined;
    if (kept === undefined) throw error;
    return kept;
  });
  const listing = parseListing(parseJsonBytes(new TextEncoder().encode(text), `The Hub's answer for ${id}`), {
    host,
    revision,
  });
  if (keep) await keepText(url, text);
  return listing;
}

async function fetchText(url: string, id: string, signal?: AbortSignal): Promise<string> {
  const response = await reach(url, id, signal, () => fetch(url, { signal, cache: "no-cache" }));
  if (!response.ok) throw nameRefusal(response, id);
  return await reach(url, id, signal, () => response.text());
}

/** Reads the Hub's answer. Throws `ModelCorrupt`, naming the field. */
export function parseListing(
  json: unknown,
  { host, revision }: { readonly host: string; readonly revision: string },
): HubListing {
  const fields = new Fields(json, "The Hub's answer");
  const [id, commit] = [fields.text("id"), fields.text("sha")];
  const files = fields.objects("siblings").flatMap((entry): [string, HubFile][] => {
    if (!entry.has("size")) return [];
    const path = entry.text("rfilename");
    const lfs = entry.has("lfs") ? entry.object("lfs") : undefined;
    const checksum = lfs
      ? { sha256: lfs.text("sha256") }
      : entry.has("blobId")
        ? { blobId: entry.text("blobId") }
        : {};
    const address = path.split("/").map(encodeURIComponent).join("/");
    const url = `${host}/${id}/resolve/${commit}/${address}`;
    return [[path, { from: "hub", url, bytes: entry.count("size"), ...checksum }]];
  });
  const card = (json as { cardData?: { license?: unknown } }).cardData;
  const licence = card?.license;
  const gated = (json as { gated?: unknown }).gated;
  return {
    id,
    revision,
    commit,
    ...(typeof licence === "string" ? { licence } : {}),
    gated: gated !== undefined && gated !== false,
    files: new Map(files),
  };
}
