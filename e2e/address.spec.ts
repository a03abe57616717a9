import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import { expectOnMap, openPage } from "./support/page";
import { expect, test } from "./support/test";

test.describe("the page's address", () => {
  test("?words= plots these at once", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear");
    await expectOnMap(page, ["football", "soccer", "footwear"]);
  });

  test("?sample= opens a built-in sample", async ({ page }) => {
    await openPage(page, "?sample=article");
    await expect
      .poll(() => page.evaluate(() => window.playground.items().map(({ label }) => label)))
      .toContain("football");
  });

  test("?device=wasm runs on WASM, with threads in an isolated page", async ({ page }) => {
    await openPage(page, "?device=wasm&words=football");
    expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  });

  test("the page works in a folder below its host's root", async ({ page, misdeeds }) => {
    const server = createStaticServer({ folder: join(root, "dist"), base: "/some/where/" });
    const host = await listen(server);
    const outside: string[] = [];
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (url.protocol.startsWith("http") && !request.url().startsWith(`${host}some/where/`)) {
        outside.push(request.url());
      }
    });
    await page.goto(`${host}some/where/?words=football,soccer`);
    await page.waitForFunction(() => "playground" in window);
    await page.evaluate(() => window.playground.ready);
    await expectOnMap(page, ["football", "soccer"]);
    expect(outside).toEqual([]);
    // This test's page lives on another port than the guard knows; what it may not do was checked just now.
    const others = misdeeds.filter((misdeed) => !misdeed.includes(host));
    misdeeds.splice(0, misdeeds.length, ...others);
    server.closeAllConnections();
    server.close();
  });
});
