import { expect, type Page, test } from "./support/test";

/** The guard of every other test is only worth something if it sees each of these. */
test.describe("the guard sees", () => {
  const provocations: Record<string, (page: Page) => Promise<unknown>> = {
    "console error: planted": (page) => page.evaluate(() => console.error("planted")),
    "uncaught error: Error: planted": (page) =>
      page.evaluate(() => {
        setTimeout(() => {
          throw new Error("planted");
        });
      }),
    "console error: planted in a worker": (page) =>
      page.evaluate(() => {
        const source = "console.error('planted in a worker')";
        new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
      }),
    "request left the origin: http://127.0.0.1:9/page": (page) =>
      page.evaluate(() => fetch("http://127.0.0.1:9/page").catch(() => {})),
    "request left the origin: http://127.0.0.1:9/worker": (page) =>
      page.evaluate(() => {
        const source = "fetch('http://127.0.0.1:9/worker').catch(() => {})";
        new Worker(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
      }),
  };

  for (const [expected, provoke] of Object.entries(provocations)) {
    test(expected, async ({ page, misdeeds }) => {
      await page.goto("about:blank");
      await page.goto("404");
      misdeeds.length = 0;
      await provoke(page);
      await expect.poll(() => misdeeds.some((misdeed) => misdeed.startsWith(expected))).toBe(true);
      // Seen, as it should be: the guard must not fail this test for it.
      misdeeds.length = 0;
    });
  }
});
