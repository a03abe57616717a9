import type { Page } from "@playwright/test";

/** Runs a script in each of the page's workers, after the worker's own script and before it is asked for anything. */
export async function inEveryWorker(page: Page, script: string): Promise<void> {
  await page.addInitScript((script) => {
    const Plain = Worker;
    window.Worker = class extends Plain {
      constructor(url: string | URL, options?: WorkerOptions) {
        // The worker's own script first: what is posted to it must find it listening.
        const own = JSON.stringify(new URL(url, document.baseURI).href);
        const both = new Blob([`import ${own};\n${script}`], { type: "text/javascript" });
        super(URL.createObjectURL(both), options);
      }
    };
  }, script);
}

/** Leaves every worker of the page no more WebAssembly memory than so many pages of 64 KiB; what starts with more keeps that. */
export function limitMemory(page: Page, pages: number): Promise<void> {
  return inEveryWorker(
    page,
    `const Plain = WebAssembly.Memory;
     WebAssembly.Memory = function (limits) {
       return new Plain({ ...limits, maximum: Math.max(limits.initial, ${pages}) });
     };`,
  );
}
