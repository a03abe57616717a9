import { throwIfCancelled } from "../../core/errors";
import { type FileAt, fileBytes } from "../load/files";

/**
 * A part of a file, from byte `start` up to, and without, byte `end`, without fetching the rest; undefined where only the
 * whole could be had, or nothing. Throws `Cancelled`.
 */
export async function readPart(
  file: FileAt,
  start: number,
  end: number,
  signal?: AbortSignal,
): Promise<Uint8Array | undefined> {
  const from = Math.max(0, start);
  const to = Math.min(end, fileBytes(file));
  try {
    if (file.from === "disk") return new Uint8Array(await file.file.slice(from, to).arrayBuffer());
    const response = await fetch(file.url, { signal, headers: { Range: `bytes=${from}-${to - 1}` } });
    if (response.status === 206) return new Uint8Array(await response.arrayBuffer());
    await response.body?.cancel();
  } catch {
    throwIfCancelled(signal);
  }
  return undefined;
}
