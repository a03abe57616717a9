import { expectOnMap, openPage } from "./support/page";
import { expect, type Page, test } from "./support/test";

const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const width of [320, 390, 768, 1024, 1440]) {
  test(`at ${width} px nothing scrolls sideways and the main controls are there`, async ({ page }) => {
    await page.setViewportSize({ width, height: 844 });
    await openPage(page, "?words=football,soccer,footwear");
    await expectOnMap(page, 3);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await expect(page.getByRole("region", { name: "Map" })).toBeInViewport();
    await expect(page.getByRole("button", { name: "Export" })).toBeInViewport();
    await expect(page.getByRole("status").first()).toBeInViewport();
  });
}

test("the theme follows the system while the page is open, and its button says the other one", async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: "light" });
  await openPage(page, "?words=football");
  await expect(page.getByRole("button", { name: "Switch to dark" })).toBeVisible();
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Switch to light" }).click();
  await expect(page.getByRole("button", { name: "Switch to dark" })).toBeVisible();
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const chosen = await background();
  await page.emulateMedia({ colorScheme: "light" });
  expect(await background()).toBe(chosen);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("words are added and neighbours read in the sheet's tabs", async ({ page }) => {
    await openPage(page, "?words=soccer,footwear");
    await expectOnMap(page, 2);
    const items = page.getByRole("tab", { name: /items|add/i }).first();
    if (await items.isVisible()) await items.tap();
    await page.getByRole("textbox", { name: "Words or sentences" }).fill("football");
    await page.getByRole("button", { name: "Add", exact: true }).tap();
    await expectOnMap(page, 3);
    await page.getByRole("region", { name: "Items" }).getByText("football", { exact: true }).tap();
    await page.getByRole("tab", { name: /neighbours/i }).tap();
    await expect(
      page.getByRole("region", { name: "Neighbours" }).getByRole("listitem").first(),
    ).toContainText("soccer");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
  });
});
