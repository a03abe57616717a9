/** A well-mixed 32-bit number of a string. Source: FNV-1a (Fowler, Noll, Vo) with the finalizer of MurmurHash3 (Appleby). */
export function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash ^= text.charCodeAt(at);
    hash = Math.imul(hash, 0x01000193);
  }
  return hashNumber(hash);
}

/** A well-mixed 32-bit number of a 32-bit number; no two have the same. Source: the finalizer of MurmurHash3 (Appleby). */
export function hashNumber(number: number): number {
  let hash = number ^ (number >>> 16);
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  hash ^= hash >>> 16;
  return hash >>> 0;
}
