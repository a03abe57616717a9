import type { EncodersPage } from "../encoders-page";
import { test as hubTest } from "./hub";
import { type Lab, openLab } from "./lab";
import type { Page } from "./test";

declare global {
  interface Window {
    encodersPage: EncodersPage;
  }
}

/** The page's `test` with a Hub beside it, and a page of the encoders alone. */
export const test = hubTest.extend<object, { lab: Lab }>({
  lab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const lab = await openLab("encoders.html");
      await use(lab);
      await lab.close();
    },
    { scope: "worker" },
  ],
  friends: async ({ hubServer, lab }, use) => {
    await use([hubServer.url, new URL(lab.url).origin]);
  },
});

/** Opens the page of the encoders alone. */
export async function openEncoders(page: Page, lab: Lab): Promise<void> {
  await page.goto(`${lab.url}encoders.html`);
  await page.waitForFunction(() => "encodersPage" in window);
}
