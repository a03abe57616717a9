import { NamedError } from "../../core/errors";
import { type FetchOptions, parseJsonBytes } from "../load/fetch";
import { type FileAt, fileName } from "../load/files";
import { readFile } from "../load/read-file";
import { type ModelSource, sourceId } from "../source";
import { hubHost } from "./host";
import { type Json, object } from "./json";
import { fetchListing } from "./listing";

/** A model's files, wherever they are: a repository of the Hub, or files of the user's. */
export interface Repository {
  /** As `sourceId` gives it. */
  readonly id: string;
  /** For people: the name without the organisation. */
  readonly title: string;
  /** As the Hub writes it, such as "apache-2.0". */
  readonly licence?: string;
  /** The page that tells about the model. */
  readonly page?: string;
  /** The commit's full name. */
  readonly commit?: string;
  /** By path, such as "onnx/model.onnx". */
  readonly files: ReadonlyMap<string, FileAt>;
}

/**
 * Finds a model's files. Throws `ModelNotFound`, `ModelGated`, `Offline`, `NetworkFailed`, `ModelCorrupt` or `Cancelled`
 * for the Hub.
 */
export async function openRepository(
  source: Exclude<ModelSource, { readonly from: "page" }>,
  options: Pick<FetchOptions, "signal" | "keep"> = {},
): Promise<Repository> {
  if (source.from === "files") {
    return { id: sourceId(source), title: source.name, files: byPath(source.files) };
  }
  const host = hubHost();
  const listing = await fetchListing(source, host, options);
  const page = `${host}/${listing.id}`;
  if (listing.gated) {
    throw new NamedError(
      "ModelGated",
      `${listing.id} is only given to those who are signed in and agreed to its terms.`,
      {
        advice: `Choose another model, or download its files from ${page} and open them as files here.`,
      },
    );
  }
  const { licence, commit, files } = listing;
  const title = listing.id.split("/").at(-1) ?? listing.id;
  return { id: sourceId(source), title, page, commit, files, ...(licence === undefined ? {} : { licence }) };
}

/** Files of a chosen or dropped folder carry their path in it; without the folders that all have in common. */
function byPath(files: readonly File[]): ReadonlyMap<string, FileAt> {
  const paths = files.map((file) => (file.webkitRelativePath || file.name).split("/"));
  let shared = 0;
  while (paths.every((path) => path.length > shared + 1 && path[shared] === paths[0][shared])) shared += 1;
  // A folder "onnx" means something even when there is nothing beside it.
  if (shared > 0 && paths[0][shared - 1] === "onnx") shared -= 1;
  return new Map(files.map((file, i) => [paths[i].slice(shared).join("/"), { from: "disk", file }]));
}

/** A JSON file's content; an empty object where there is no such file. Throws as `readFile`, and `ModelCorrupt`. */
export async function readJson(
  repository: Repository,
  path: string,
  options: FetchOptions = {},
): Promise<Json> {
  return object(await readAnyJson(repository, path, options));
}

/** As `readJson`, for files that hold a list. Undefined where there is no such file. */
export async function readAnyJson(
  { files }: Repository,
  path: string,
  options: FetchOptions = {},
): Promise<unknown> {
  const file = files.get(path);
  return file ? parseJsonBytes(await readFile(file, options), fileName(file)) : undefined;
}
