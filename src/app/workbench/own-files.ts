import type { Collection } from "../../collection";
import { type ModelSource, sourceId } from "../../encoders";

type OwnFiles = Extract<ModelSource, { readonly from: "files" }>;

/**
 * Names models of the user's own files. Most are called "model.onnx", and the vectors of two of them must not meet in one
 * space: a name that other files had before, in this visit or an earlier one, gets a number.
 */
export function createOwnNames(collection: Pick<Collection, "spaces">): (source: ModelSource) => ModelSource {
  const known = new Map<string, readonly File[]>();
  const isFree = (source: OwnFiles) => {
    const before = known.get(source.name);
    if (before) return sameFiles(before, source.files);
    const id = sourceId(source);
    return collection.spaces().every((space) => space.id !== id && !space.id.startsWith(`${id}@`));
  };
  return (source) => {
    if (source.from !== "files") return source;
    let named = source;
    for (let number = 2; !isFree(named); number++) named = { ...source, name: `${source.name} (${number})` };
    known.set(named.name, named.files);
    return named;
  };
}

function sameFiles(a: readonly File[], b: readonly File[]): boolean {
  const told = (files: readonly File[]) =>
    files.map(({ name, size, lastModified }) => `${name} ${size} ${lastModified}`).join("\n");
  return told(a) === told(b);
}
