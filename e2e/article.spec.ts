import { choose, cosine, encodeTexts, openPage } from "./support/page";
import { expect, test } from "./support/test";

/** Cosines to football by all-MiniLM-L6-v2 in full precision (PyTorch). */
const reference = { soccer: 0.845, footwear: 0.314 };
/** What int8 weights may move a cosine by. */
const tolerance = 0.01;

test.describe("the article's example", () => {
  test("a first visit opens on the article's words: football by soccer, far from footwear", async ({
    page,
  }) => {
    await openPage(page);
    const words = ["football", "soccer", "footwear"];
    await expect
      .poll(() =>
        page.evaluate(
          (words) =>
            words.every((word) =>
              window.playground.items().some(({ label, position }) => label === word && position !== null),
            ),
          words,
        ),
      )
      .toBe(true);
    const [football, soccer, footwear] = await encodeTexts(page, words, "text");
    expect(Math.abs(cosine(football, soccer) - reference.soccer)).toBeLessThan(tolerance);
    expect(Math.abs(cosine(football, footwear) - reference.footwear)).toBeLessThan(tolerance);

    const ranked = await page.evaluate(() => window.playground.neighbours("football", { k: 50 }));
    const rank = (word: string) => ranked.findIndex(({ label }) => label === word);
    expect(rank("soccer")).toBe(0);
    expect(rank("footwear")).toBeGreaterThan(rank("soccer"));
    const onMap = await page.evaluate(() => {
      const places = new Map(window.playground.items().map(({ label, position }) => [label, position ?? []]));
      const between = (a: string, b: string) =>
        Math.hypot(
          ...(places.get(a) ?? []).map((value, axis) => value - (places.get(b)?.[axis] ?? Number.NaN)),
        );
      return { soccer: between("football", "soccer"), footwear: between("football", "footwear") };
    });
    expect(onMap.soccer).toBeLessThan(onMap.footwear);
  });

  test("the lexical encoder turns it round, and one-hot makes nothing of it", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear");
    const order = () =>
      page.evaluate(async () => {
        const ranked = await window.playground.neighbours("football");
        return ranked.map(({ label }) => label);
      });
    await expect.poll(order).toEqual(["soccer", "footwear"]);
    await choose(page, "Text encoder", /letters|lexical/i);
    await expect.poll(() => page.evaluate(() => window.playground.encoders().text.id)).toBe("lexical");
    await expect.poll(order).toEqual(["footwear", "soccer"]);
    // One-hot knows neither: all words are equally far.
    await choose(page, "Text encoder", /One-hot/);
    await expect.poll(() => page.evaluate(() => window.playground.space())).toBe("one-hot");
    await expect.poll(order).toEqual(["soccer", "footwear"]);
    const found = await page.evaluate(() => window.playground.neighbours("football"));
    expect(found.map(({ similarity }) => similarity)).toEqual([0, 0]);
    await expect(page.getByRole("region", { name: "Compare" })).toContainText("every word is equally far");
  });

  test("Compare shows the anchor's ranking under both encoders, and all pairs", async ({ page }) => {
    await openPage(page);
    const compare = page.getByRole("region", { name: "Compare" });
    await expect(compare).toContainText("0.84");
    await expect(compare).toContainText("0.31");
    const rankings = compare.getByRole("list");
    await expect(rankings).toHaveCount(2);
    await expect(rankings.nth(0).getByRole("listitem").first()).toContainText("soccer");
    await expect(rankings.nth(1).getByRole("listitem").first()).toContainText("footwear");
    await expect(compare.getByRole("table")).toBeVisible();
  });

  test("typing a word shows it on the map with its true neighbours", async ({ page }) => {
    await openPage(page, "?words=soccer,footwear,banana");
    await page.getByRole("textbox", { name: "Words or sentences" }).fill("football");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expect
      .poll(() => page.evaluate(() => window.playground.items().map(({ label }) => label)))
      .toContain("football");
    const items = page.getByRole("region", { name: "Items" });
    await items.getByText("football", { exact: true }).click();
    const neighbours = page.getByRole("region", { name: "Neighbours" });
    await expect(neighbours.getByRole("listitem").first()).toContainText("soccer");
    await expect(neighbours.getByRole("listitem").first()).toContainText("0.84");
  });
});
