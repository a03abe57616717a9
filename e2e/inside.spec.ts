import { choose, expectOnMap, openPage } from "./support/page";
import { photo } from "./support/photos";
import { expect, type Page, test } from "./support/test";

const inside = (page: Page) => page.getByRole("region", { name: "Inside" });
const scrubber = (page: Page) => page.getByRole("slider", { name: "Layer scrubber" });
const encoder = (page: Page, modality: "text" | "image" = "text") =>
  page.evaluate((modality) => window.playground.encoders()[modality], modality);

/** The chart as screen readers have it: one row of cosines for each layer. */
async function chart(page: Page): Promise<{ layer: string; cosines: number[] }[]> {
  const rows = inside(page).locator("table tbody tr");
  await expect(rows.first()).toBeAttached();
  return rows.evaluateAll((all) =>
    all.map((row) => ({
      layer: row.querySelector("th")?.textContent ?? "",
      cosines: [...row.querySelectorAll("td")].map((cell) => Number(cell.textContent?.replace("−", "-"))),
    })),
  );
}

test("layers, tokens, patches and labels: a look inside both encoders", async ({ page }) => {
  await openPage(page, "?words=football,soccer,footwear,shoe,basketball,sock,boot,rugby");
  await expectOnMap(page, 8);
  await page.getByRole("button", { name: /^Inside/ }).click();

  await test.step("from layer to layer football leaves footwear", async () => {
    await expect(scrubber(page)).toBeVisible();
    const layers = await chart(page);
    expect(layers).toHaveLength(7);
    const [input, output] = [layers[0], layers[6]];
    expect(input.cosines[0] - input.cosines[1]).toBeLessThan(0.4);
    expect(output.cosines[0]).toBeCloseTo(0.845, 1);
    expect(output.cosines[1]).toBeCloseTo(0.314, 1);

    await inside(page)
      .getByRole("button", { name: /^Play the layers/ })
      .click();
    await expect(scrubber(page)).toHaveAttribute("aria-valuetext", /, 2 of 7/);
    await inside(page).getByRole("button", { name: "Stop at this layer" }).click();
    await scrubber(page).focus();
    await page.keyboard.press("Home");
    await expect(scrubber(page)).toHaveAttribute("aria-valuetext", /, 1 of 7/);
    // At once the map's, then the encoder's: what is added from now on is read there.
    expect(await page.evaluate(() => window.playground.space())).toContain("embeddings_output:mean");
    await expect.poll(async () => (await encoder(page)).tap).toBe("embeddings_output");
    const [nearest] = await page.evaluate(() => window.playground.neighbours("footwear", { k: 1 }));
    expect(nearest.similarity).toBeGreaterThan(0.5);
    await page.evaluate(() => window.playground.add(["goalkeeper"]));
    await expectOnMap(page, 9);
    await page.keyboard.press("End");
    await expect.poll(() => page.evaluate(() => window.playground.space())).toBe("all-minilm-l6-v2");
    await expectOnMap(page, 9);
  });

  await test.step("without pooling every token has its place, the same word two", async () => {
    await page.evaluate(() => window.playground.clear());
    await page.evaluate(() => window.playground.add(["Hello, world!", "the river bank", "the savings bank"]));
    await choose(page, "Pooling", /^None/);
    await expectOnMap(page, 16);
    const banks = await page.evaluate(() =>
      window.playground.items().filter(({ label }) => label === "bank"),
    );
    expect(banks.map(({ kind }) => kind)).toEqual(["token", "token"]);
    expect(banks[0].position).not.toEqual(banks[1].position);
    const chips = page.getByRole("group", { name: "Tokens of Hello, world!" }).getByRole("button");
    await expect(chips).toHaveText(["[CLS]", "hello", ",", "world", "!", "[SEP]"]);
    await chips.nth(3).hover();
    await expect(chips.nth(3)).toHaveAttribute("data-hovered", "true");
    await chips.nth(3).click();
    await expect(page.getByRole("region", { name: "Neighbours" })).toContainText("Nearest to world");

    await page.getByRole("button", { name: "Numbers of the tokens of Hello, world!" }).click();
    const matrix = page.getByRole("dialog", { name: "6 tokens × 384 dimensions" });
    await expect(matrix.getByRole("rowheader")).toHaveText(["[CLS]", "hello", ",", "world", "!", "[SEP]"]);
    const download = page.waitForEvent("download");
    await matrix.getByRole("button", { name: "CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/^nearfield-tokens-.*\.csv$/);
    await page.keyboard.press("Escape");

    await page.evaluate(() => window.playground.use({ text: { pooling: "mean" } }));
    await expect.poll(() => page.evaluate(() => window.playground.items().length)).toBe(3);
  });

  await test.step("without pooling every cell of a picture has its place, and lights up those like it", async () => {
    await page
      .getByLabel("Images", { exact: true })
      .setInputFiles([{ name: "cat.jpg", mimeType: "image/jpeg", buffer: photo("tabby-cat.jpg") }]);
    await expectOnMap(page, 4);
    await inside(page).getByRole("radio", { name: "Images" }).click();
    await choose(page, "Layer", /^Head output/);
    await choose(page, "Pooling", /^None/);
    const field = inside(page).getByRole("spinbutton", { name: "Patch of cat" });
    await field.fill("5");
    await expect(
      inside(page).getByRole("img", { name: /chosen row \d, column \d\. Most alike: row/ }),
    ).toBeVisible();
    const piece = page
      .getByRole("option", { name: /^cat \d,\d/ })
      .first()
      .locator("span")
      .first();
    await expect(piece).toHaveCSS("background-image", /^url\("blob:/);
    const patches = await page.evaluate(
      () => window.playground.items().filter(({ kind, position }) => kind === "patch" && position).length,
    );
    expect(patches).toBeGreaterThan(30);
  });

  await test.step("labels are ranked for a picture, and the gap is drawn", async () => {
    await page.evaluate(() => window.playground.use({ image: { id: "efficientnet-lite0" } }));
    await inside(page).getByRole("radio", { name: "Joint" }).click();
    await inside(page)
      .getByRole("textbox", { name: /^Labels/ })
      .fill("tabby cat, rocket, espresso");
    await inside(page).getByRole("button", { name: "Rank labels" }).click();
    await expect(inside(page).getByRole("list", { name: "Labels for cat" }).getByRole("listitem")).toHaveText(
      [/^tabby cat/, /./, /./],
    );
    await inside(page).getByRole("radio", { name: "Centred" }).click();
    await expect.poll(() => page.evaluate(() => window.playground.space())).toContain("@centred:each");
    await inside(page).getByRole("radio", { name: "Cross-modal" }).click();
    const kinds = await page.evaluate(async () =>
      (await window.playground.neighbours("the river bank")).map(({ kind }) => kind),
    );
    expect(kinds).toEqual(["image"]);
  });

  await test.step("a dropped picture finds the nearest words without being added", async () => {
    await inside(page).getByRole("radio", { name: "Raw" }).click();
    await page
      .getByLabel("Neighbours of a picture")
      .setInputFiles({ name: "espresso.jpg", mimeType: "image/jpeg", buffer: photo("espresso.jpg") });
    await expect(page.getByRole("heading", { name: "Nearest to espresso.jpg" })).toBeVisible();
    await expect(page.getByRole("region", { name: "Neighbours" }).getByRole("listitem")).toHaveCount(4);
    expect(await page.evaluate(() => window.playground.items().length)).toBe(4);
  });
});
