import { type HubServer, startHub } from "./hub-server";
import { test as base } from "./test";

/** The page's `test` with a Hub of its own beside it, which the page may talk to. */
export const test = base.extend<{ hub: HubServer }, { hubServer: HubServer }>({
  hubServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const server = await startHub();
      await use(server);
      await server.close();
    },
    { scope: "worker" },
  ],
  friends: async ({ hubServer }, use) => {
    await use([hubServer.url]);
  },
  /** Quiet at the start of every test, and set as the page's Hub. */
  hub: async ({ hubServer, page }, use) => {
    hubServer.reset();
    await page.addInitScript((url) => localStorage.setItem("nearfield.hub", url), hubServer.url);
    await use(hubServer);
  },
});
