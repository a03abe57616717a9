/**
 * SHA-256 of some bytes in lower-case hexadecimal. Undefined where the browser has no `crypto.subtle`: on a page that
 * came over plain HTTP from another machine.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  return await digest("SHA-256", bytes);
}

/**
 * Git's name for a file with this content, in lower-case hexadecimal: the SHA-1 of "blob", its length and the content
 * (Git's documentation, "Git Objects"). Undefined where `sha256` is.
 */
export async function gitBlobId(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const header = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const blob = new Uint8Array(header.length + bytes.length);
  blob.set(header);
  blob.set(bytes, header.length);
  return await digest("SHA-1", blob);
}

async function digest(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const values = new Uint8Array(await subtle.digest(name, bytes));
  return Array.from(values, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
