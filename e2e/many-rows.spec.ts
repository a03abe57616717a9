/** What the page does bit by bit for very many rows says the same as for few. */
import { openEmpty, status } from "./support/page";
import { expect, test } from "./support/test";

/** More than are done at once. */
const rows = 6_000;

test("the legend of many rows counts, filters and is inverted as that of few", async ({ page }) => {
  await openEmpty(page);
  await page.evaluate(() => window.playground.project({ method: "pca" }));
  await page.evaluate(async (rows) => {
    await window.playground.addVectors({
      labels: Array.from({ length: rows }, (_, row) => `row ${row}`),
      vectors: Float32Array.from({ length: rows * 3 }, (_, at) => Math.sin(at * at) * (3 - (at % 3))),
      dimension: 3,
      columns: { shade: Array.from({ length: rows }, (_, row) => ["dark", "light", "light"][row % 3]) },
    });
  }, rows);
  await expect(status(page)).toHaveText(/^Ready/);
  await page.getByRole("combobox", { name: "Colour" }).click();
  await page.getByRole("option", { name: "shade" }).click();
  const legend = page.getByRole("list", { name: "Legend" });
  await expect(legend.getByRole("button", { name: "light" })).toHaveAttribute("title", /^light: 4,000\./);
  await expect(legend.getByRole("button", { name: "dark" })).toHaveAttribute("title", /^dark: 2,000\./);

  await legend.getByRole("button", { name: "dark" }).click();
  const colours = page.getByRole("region", { name: "Colours" });
  await expect(colours).toContainText("2,000 of 6,000 items shown.");
  await page.keyboard.press("Control+i");
  await expect(status(page)).toContainText("2,000");
  await colours.getByRole("button", { name: "Show all" }).click();
  await page.keyboard.press("Control+i");
  await expect(status(page)).toContainText("4,000");
});
