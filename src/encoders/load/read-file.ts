import { NamedError, throwIfCancelled } from "../../core/errors";
import { fetchHubFile } from "../hub/fetch-file";
import { type FetchOptions, fetchKnown } from "./fetch";
import { type DiskFile, type FileAt, fileName } from "./files";

/**
 * A file's bytes, from wherever it is. Throws what `fetchKnown` throws for a file of the page, what `fetchHubFile` throws
 * for one of the Hub, and `UnreadableFile` for one of the disk.
 */
export async function readFile(file: FileAt, options: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  switch (file.from) {
    case "page":
      return await fetchKnown(file, options);
    case "hub":
      return await fetchHubFile(file, options);
    case "disk":
      return await readDisk(file, options);
  }
}

async function readDisk(file: DiskFile, { signal, onBytes }: FetchOptions): Promise<Uint8Array<ArrayBuffer>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.file.arrayBuffer());
  } catch (cause) {
    throw new NamedError(
      "UnreadableFile",
      `${fileName(file)} could not be read: it was moved, changed or locked.`,
      {
        advice: "Choose the file again.",
        cause,
      },
    );
  }
  throwIfCancelled(signal);
  onBytes?.(bytes.length, bytes.length);
  return bytes;
}
