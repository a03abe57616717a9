import { readFileSync } from "node:fs";
import type { Browser } from "@playwright/test";

/** Milliseconds between two looks at the memory. */
const INTERVAL = 100;

/** How far the memory of the browser's pages and workers rises while something is done. */
export interface MemoryWatch {
  /** Bytes at the peak, above those at the beginning; undefined where the system does not tell (it must have /proc). */
  stop(): Promise<number | undefined>;
}

/** Bytes that the browser's pages and workers hold now; undefined where the system does not tell (it must have /proc). */
export async function heldMemory(browser: Browser): Promise<number | undefined> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return resident(processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id));
}

/** Watches the resident memory of all processes that draw pages. */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  const pids = processInfo.filter(({ type }) => type === "renderer").map(({ id }) => id);
  const before = resident(pids);
  let peak = before;
  const timer = setInterval(() => {
    const now = resident(pids);
    if (now !== undefined && peak !== undefined) peak = Math.max(peak, now);
  }, INTERVAL);
  return {
    async stop() {
      clearInterval(timer);
      await session.detach();
      return before === undefined || peak === undefined ? undefined : peak - before;
    },
  };
}

/** Bytes that processes hold, shared pages left out. */
function resident(pids: readonly number[]): number | undefined {
  try {
    return pids.reduce((sum, pid) => {
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      const [, kilobytes] = /RssAnon:\s+(\d+) kB/.exec(status) ?? [];
      return sum + 1024 * Number(kilobytes);
    }, 0);
  } catch {
    return undefined;
  }
}
