/** So many points are worth a worker that looks for some of them: fewer are looked at on the page in a millisecond. */
export const MANY = 50_000;

/** Memory for the numbers of points: where there are many and the page is isolated, workers can look into it. */
export function pointMemory(bytes: number, points: number): ArrayBufferLike {
  const canShare = points > MANY && globalThis.crossOriginIsolated === true;
  return canShare ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);
}

/** True for memory that workers can look into. */
export function isShared({ buffer }: ArrayBufferView): boolean {
  return globalThis.crossOriginIsolated === true && buffer instanceof SharedArrayBuffer;
}
