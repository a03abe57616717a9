import { type ModelFile, modelFile } from "../card";
import type { PageFile } from "./files";

/** Folders of the page that encoders are loaded from, as absolute URLs that end in a slash. */
export interface Locations {
  /** Holds one folder per model. */
  readonly models: string;
  /** Holds onnxruntime-web's own files. */
  readonly runtime: string;
}

/**
 * Where this page keeps its models and the runtime. Resolved against the page, not the server's root, so that a page
 * in a sub-folder works. Workers are told, because they have no page to resolve against.
 */
export function locations(): Locations {
  const folder = (path: string) => new URL(`${import.meta.env.BASE_URL}${path}`, document.baseURI).href;
  return { models: folder("models/"), runtime: folder("ort/") };
}

/** Where one of a model's files is, and what it should hold. Throws `ModelCorrupt` when the card does not list it. */
export function knownFile(
  card: { readonly id: string; readonly files: readonly ModelFile[] },
  path: string,
  { models }: Locations,
): PageFile {
  const { bytes, sha256 } = modelFile(card, path);
  return { from: "page", url: new URL(`${card.id}/${path}`, models).href, bytes, sha256 };
}
