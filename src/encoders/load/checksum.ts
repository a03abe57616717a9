/**
 * SHA-256 of some bytes in lower-case hexadecimal. Undefined where the browser has no `crypto.subtle`: on a page that
 * came over plain HTTP from another machine.
 */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string | undefined> {
  const subtle = globalThis.crypto?.subtle;
  if (!subtle) return undefined;
  const digest = new Uint8Array(await subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
