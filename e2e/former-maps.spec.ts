/** Going back to a map that was shown before. */
import { choose, expectOnMap, openPage, status } from "./support/page";
import { expect, type Page, test } from "./support/test";

const words = [
  ...["football", "soccer", "basketball", "tennis", "horse", "dog", "cat", "cow", "bread", "cheese", "apple"],
  ...["soup", "violin", "piano", "trumpet", "drum", "boat", "train", "bicycle", "volcano"],
];

/** The place of each word, to a millionth of the map; waits until the map has so many dimensions and is finished. */
async function places(page: Page, dimensions: 2 | 3): Promise<Record<string, readonly number[]>> {
  const read = () =>
    page.evaluate(() => window.playground.items().map(({ label, position }) => [label, position] as const));
  await expect(status(page)).toHaveText(/^Ready/);
  await expect
    .poll(async () => (await read()).every(([, position]) => position?.length === dimensions))
    .toBe(true);
  await expect(status(page)).toHaveText(/^Ready/);
  return Object.fromEntries(
    (await read()).map(([label, position]) => [
      label,
      (position ?? []).map((value) => Math.round(value * 1e6) / 1e6),
    ]),
  );
}

const turnTo = (page: Page, label: "2-D" | "3-D") =>
  page.getByRole("toolbar", { name: "Map tools" }).getByRole("button", { name: label }).click();

for (const method of ["UMAP", "PCA"]) {
  test(`the first map comes back from 3-D, and a word added there joins it: ${method}`, async ({ page }) => {
    await openPage(page, `?words=${words.join(",")}`);
    await expectOnMap(page, words.length);
    await choose(page, "Projection", new RegExp(`^${method}$`));
    const flat = await places(page, 2);
    await turnTo(page, "3-D");
    const solid = await places(page, 3);
    await turnTo(page, "2-D");
    expect(await places(page, 2)).toEqual(flat);
    await turnTo(page, "3-D");
    expect(await places(page, 3)).toEqual(solid);

    await page.evaluate(() => window.playground.add(["guitar"]));
    await expectOnMap(page, words.length + 1);
    await turnTo(page, "2-D");
    const { guitar, ...others } = await places(page, 2);
    expect(others).toEqual(flat);
    expect(guitar.every(Number.isFinite)).toBe(true);
  });
}

test("a projection that was shown before comes back as it was", async ({ page }) => {
  await openPage(page, `?words=${words.join(",")}`);
  await expectOnMap(page, words.length);
  await choose(page, "Projection", /^UMAP$/);
  const first = await places(page, 2);
  await choose(page, "Projection", /^PCA$/);
  await expect.poll(() => places(page, 2)).not.toEqual(first);
  await choose(page, "Projection", /^UMAP$/);
  await expect.poll(() => places(page, 2)).toEqual(first);
});
