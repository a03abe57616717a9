import type { Page } from "@playwright/test";

declare global {
  interface Window {
    /** The workers that the page started, by name, the newest last. */
    startedWorkers: { name: string; worker: Worker }[];
  }
}

/** Lets the test reach the page's workers. Call it before the page is opened. */
export async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const started: Window["startedWorkers"] = [];
    window.startedWorkers = started;
    window.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        started.push({ name: options?.name ?? "", worker: this });
      }
    };
  });
}

/** Kills the newest worker of this name, as the browser does when memory runs short: without a word to the page. */
export async function killWorker(page: Page, name: string): Promise<void> {
  await page.evaluate((name) => {
    const found = window.startedWorkers.findLast((worker) => worker.name === name);
    if (!found) throw new Error(`no worker is called ${name}`);
    found.worker.terminate();
  }, name);
}
