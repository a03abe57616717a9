import type { Page } from "@playwright/test";
import { inEveryWorker } from "./every-worker";

/** Lets the page do to the worker that draws its map what the system may do at any time. */
const HOSTILE = `
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
    const context = getContext.call(this, kind, ...rest);
    if (kind === "webgl2" && context) {
      const extension = context.getExtension("WEBGL_lose_context");
      new BroadcastChannel("hostile").onmessage = ({ data }) => {
        if (data === "lose") extension.loseContext();
        if (data === "restore") extension.restoreContext();
        if (data === "crash") setTimeout(() => { throw new Error("out of memory"); });
        if (data === "end") close();
      };
    }
    return context;
  };`;

/** Call before the page is opened; see `hostile`. */
export const allowHostility = (page: Page) => inEveryWorker(page, HOSTILE);

/** Takes the GPU's context away from the painter, gives it back, has it fail, or ends it. */
export const hostile = (page: Page, wish: "lose" | "restore" | "crash" | "end") =>
  page.evaluate((wish) => new BroadcastChannel("hostile").postMessage(wish), wish);
