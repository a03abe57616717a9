import AxeBuilder from "@axe-core/playwright";
import { expectOnMap, openPage } from "./support/page";
import { expect, type Page, test } from "./support/test";

/** What axe calls serious or critical, as "rule: element". */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`));
}

const ready = (page: Page) =>
  expect
    .poll(() =>
      page.evaluate(() =>
        window.playground.items().some(({ label, position }) => label === "soccer" && position),
      ),
    )
    .toBe(true);

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`axe, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("finds no serious fault on a wide screen, at rest and with a selection", async ({ page }) => {
      await openPage(page);
      await ready(page);
      expect(await faults(page)).toEqual([]);
      await page.getByRole("region", { name: "Items" }).getByText("football", { exact: true }).click();
      await expect(
        page.getByRole("region", { name: "Neighbours" }).getByRole("listitem").first(),
      ).toBeVisible();
      expect(await faults(page)).toEqual([]);
    });

    test("finds no serious fault on an empty map, and in menus and dialogs", async ({ page }) => {
      await openPage(page);
      await ready(page);
      await page.getByRole("button", { name: "Export" }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+k");
      await expect(page.getByRole("dialog")).toBeVisible();
      expect(await faults(page)).toEqual([]);
      await page.keyboard.press("Escape");
      await page.evaluate(() => window.playground.clear());
      await expectOnMap(page, []);
      expect(await faults(page)).toEqual([]);
    });

    test("finds no serious fault at 390 px", async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await openPage(page);
      await ready(page);
      expect(await faults(page)).toEqual([]);
    });
  });
}

/** Presses Tab until the focused element has this accessible name; fails when it is never reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press("Tab");
    const reached = await page.evaluate(() => {
      const element = document.activeElement;
      const labelledBy = element?.getAttribute("aria-labelledby");
      const label = labelledBy ? document.getElementById(labelledBy)?.textContent : undefined;
      const forLabel = element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : undefined;
      return element?.getAttribute("aria-label") ?? label ?? forLabel ?? element?.textContent ?? "";
    });
    if (name.test(reached)) return;
  }
  throw new Error(`Tab never reached ${name}`);
}

test("by keyboard alone: add a word, select it, read its neighbours, save the CSV", async ({ page }) => {
  await openPage(page);
  await ready(page);
  await tabTo(page, /Words or sentences/);
  await page.keyboard.type("zeppelin");
  await page.keyboard.press("Enter");
  await expect
    .poll(() =>
      page.evaluate(() =>
        window.playground.items().some(({ label, position }) => label === "zeppelin" && position),
      ),
    )
    .toBe(true);
  await tabTo(page, /^Items$/);
  // The newest item is the list's last.
  await page.keyboard.press("End");
  const neighbours = page.getByRole("region", { name: "Neighbours" });
  await expect(neighbours).toContainText("zeppelin");
  await expect(neighbours.getByRole("listitem").first()).toBeVisible();
  await tabTo(page, /^Export/);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("menu")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  const download = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  expect((await download).suggestedFilename()).toMatch(/\.csv$/);
});

test("the contract's accessible names are there", async ({ page }) => {
  await openPage(page);
  await ready(page);
  await expect(page.getByRole("textbox", { name: "Words or sentences" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Add", exact: true })).toBeVisible();
  await expect(page.getByLabel("Images", { exact: true })).toHaveAttribute("type", "file");
  for (const region of ["Map", "Neighbours", "Compare"]) {
    await expect(page.getByRole("region", { name: region })).toBeVisible();
  }
  for (const combobox of ["Text encoder", "Image encoder", "Device", "Projection"]) {
    await expect(page.getByRole("combobox", { name: combobox, exact: true })).toBeVisible();
  }
  await expect(page.getByRole("button", { name: "Export" })).toHaveAttribute("aria-haspopup", "menu");
  await expect(page.getByRole("status")).toHaveCount(1);
  await expect(page.getByRole("status")).not.toBeEmpty();
});
