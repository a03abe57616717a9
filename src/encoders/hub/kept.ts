import { forgetPieces, keptPieces } from "./store";

/** A model of the Hub of which something is kept in this browser. */
export interface KeptModel {
  /** "org/name". */
  readonly id: string;
  /** The Hub it came from, without a slash at the end. */
  readonly host: string;
  /** The commit's full name. */
  readonly commit: string;
  /** What is kept, in bytes. */
  readonly bytes: number;
  readonly files: readonly KeptFile[];
}

/** A file of a model, kept wholly or in part. */
export interface KeptFile {
  /** In the repository, such as "onnx/model.onnx". */
  readonly path: string;
  readonly bytes: number;
  /** Of the whole file; more than `bytes` when its download stopped half-way. */
  readonly total: number;
}

/** How much this browser keeps for the page, and whether it may throw that away by itself. */
export interface Storage {
  /** Bytes kept, of everything the page keeps; absent where the browser does not say. */
  readonly usage?: number;
  /** Bytes that may be kept. */
  readonly quota?: number;
  /** True when the browser promised not to throw kept things away to make room. */
  readonly persistent: boolean;
}

/** "<host>/<org>/<name>/resolve/<commit>/<path>"; some early models have no organisation. */
const ADDRESS = /^(https?:\/\/[^/]+(?:\/[^/]+)*?)\/([^/]+\/[^/]+|[^/]+)\/resolve\/([0-9a-f]{40})\/(.+)$/;

/** The models of the Hub that are kept in this browser, wholly or in part, by id. */
export async function keptModels(): Promise<KeptModel[]> {
  const models = new Map<
    string,
    Omit<KeptModel, "files"> & { files: Map<string, KeptFile>; bytes: number }
  >();
  for (const { url, bytes, total } of await keptPieces()) {
    const [, host, id, commit, address] = ADDRESS.exec(url) ?? [];
    if (host === undefined) continue;
    const key = `${host} ${id} ${commit}`;
    const model = models.get(key) ?? { id, host, commit, bytes: 0, files: new Map<string, KeptFile>() };
    const path = decodeURIComponent(address);
    model.bytes += bytes;
    model.files.set(path, { path, bytes: (model.files.get(path)?.bytes ?? 0) + bytes, total });
    models.set(key, model);
  }
  return [...models.values()]
    .map((model) => ({
      ...model,
      files: [...model.files.values()].sort((a, b) => a.path.localeCompare(b.path)),
    }))
    .sort((a, b) => a.id.localeCompare(b.id));
}

/** Forgets all that is kept of a model, of every commit and from every Hub. An open encoder goes on. */
export async function forgetModel(id: string): Promise<void> {
  await forgetPieces((url) => ADDRESS.exec(url)?.[2] === id || url.includes(`/api/models/${id}/`));
}

/** Asks the browser how much is kept; with `persist`, also to keep it for good, which some browsers ask the user. */
export async function storageState({ persist = false } = {}): Promise<Storage> {
  const storage = globalThis.navigator?.storage;
  if (!storage) return { persistent: false };
  const persistent = persist ? await storage.persist().catch(() => false) : await storage.persisted();
  const { usage, quota } = await storage.estimate();
  return { persistent, ...(usage === undefined ? {} : { usage }), ...(quota === undefined ? {} : { quota }) };
}
