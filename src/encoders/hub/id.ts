import { NamedError } from "../../core/errors";

/** A model of the Hub, as users name it. */
export interface HubId {
  /** "org/name", or "name" alone for some early models. */
  readonly id: string;
  readonly revision?: string;
}

/** One part of an id, as the Hub allows it. */
const PART = /^[A-Za-z0-9][\w.-]{0,95}$/;

/** What the Hub has beside models, at the same place in an address. */
const NOT_MODELS = new Set(["datasets", "spaces", "docs", "collections", "papers", "blog"]);

/**
 * Reads "org/name", "org/name@revision", or the address of any of a model's pages, such as
 * "https://huggingface.co/org/name/tree/main". Throws `ModelNotFound` for anything else, saying what is expected.
 */
export function parseHubId(text: string): HubId {
  const trimmed = text.trim().replace(/\/+$/, "");
  const address = /^(?:https?:\/\/)?(?:[\w-]+\.)*(?:huggingface\.co|hf\.co)(?::\d+)?\//i.exec(trimmed);
  const found = address ? fromPath(trimmed.slice(address[0].length)) : fromId(trimmed);
  if (found?.id.split("/").every((part) => PART.test(part))) return found;
  throw new NamedError("ModelNotFound", `“${trimmed}” names no model of the Hub.`, {
    advice:
      "Write it as organisation/name, such as Xenova/bge-small-en-v1.5, or paste the address of its page.",
  });
}

function fromId(text: string): HubId | undefined {
  const [, id, revision] = /^([^@]+?)(?:@(.+))?$/.exec(text) ?? [];
  if (id === undefined || id.split("/").length > 2 || NOT_MODELS.has(id.split("/")[0])) return undefined;
  return revision === undefined ? { id } : { id, revision };
}

function fromPath(path: string): HubId | undefined {
  const [organisation, name, view, revision] = path.split(/[?#]/)[0].split("/");
  if (NOT_MODELS.has(organisation)) return undefined;
  const id = name === undefined ? organisation : `${organisation}/${name}`;
  const shows = ["tree", "blob", "resolve", "commit"].includes(view ?? "") && revision !== undefined;
  return shows && revision !== "main" ? { id, revision: decodeURIComponent(revision) } : { id };
}
