import {
  test as base,
  type ConsoleMessage,
  expect,
  type Locator,
  type Page,
  type Request,
} from "@playwright/test";

interface Options {
  /** Console errors that a test provokes on purpose, such as the browser's own line about a 404. The default is none. */
  expectedConsole: RegExp[];
  /** Other origins that the page may talk to. The default is none. */
  friends: readonly string[];
}

interface Fixtures {
  /** What the page has done that no test may let pass: console errors, uncaught errors, requests leaving the origin. */
  misdeeds: string[];
}

/** Where the page under test is served. */
export function address(): string {
  const url = process.env.NEARFIELD_URL;
  if (!url) throw new Error("NEARFIELD_URL is set by e2e/support/server.ts");
  return url;
}

function leavesOrigin(request: Request, friends: readonly string[]): boolean {
  const url = new URL(request.url());
  if (["blob:", "data:", "about:"].includes(url.protocol)) return false;
  return ![new URL(address()).origin, ...friends].includes(url.origin);
}

/**
 * Playwright's `test`, whose every test also fails on a console error, an uncaught error (workers included), and a
 * request to anywhere but the page's own origin.
 */
export const test = base.extend<Options & Fixtures>({
  expectedConsole: [[], { option: true }],
  friends: [[], { option: true }],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  baseURL: async ({}, use) => {
    await use(address());
  },

  misdeeds: [
    async ({ context, expectedConsole, friends }, use) => {
      const misdeeds: string[] = [];
      const onConsole = (message: ConsoleMessage) => {
        if (message.type() !== "error") return;
        const text = `${message.text()} (${message.location().url})`;
        if (!expectedConsole.some((pattern) => pattern.test(text))) misdeeds.push(`console error: ${text}`);
      };
      context.on("console", onConsole);
      context.on("weberror", (error) =>
        misdeeds.push(`uncaught error: ${error.error().stack ?? error.error()}`),
      );
      context.on("request", (request) => {
        if (leavesOrigin(request, friends)) misdeeds.push(`request left the origin: ${request.url()}`);
      });
      await use(misdeeds);
      expect(misdeeds, "what the page must not do").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect, type Locator, type Page };
