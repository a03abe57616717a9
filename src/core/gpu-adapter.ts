/**
 * The browser's fastest WebGPU adapter; null where there is none. Works on the page and in workers.
 *
 * Asked a second time where the first answer is none: a request in whose middle the browser starts its GPU process anew,
 * as it does shortly after its own start on some machines, is answered so.
 */
export async function requestGpuAdapter(): Promise<GPUAdapter | null> {
  return (await request()) ?? (await request());
}

async function request(): Promise<GPUAdapter | null> {
  // Not everything that imports this runs in a browser.
  if (typeof navigator === "undefined" || !navigator.gpu) return null;
  try {
    return await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  } catch {
    // A blocked or broken GPU process rejects; for the user it is the same as no adapter.
    return null;
  }
}
