/** From one map to the next: what is on the screen between them, picture by picture. */
import { dropFiles, textFile } from "./support/files";
import { placesOf, type ScreenPlace, startFilm } from "./support/film";
import { choose, expectOnMap, openEmpty, status } from "./support/page";
import { expect, type Page, test } from "./support/test";

// Smaller pictures come quicker.
test.use({ viewport: { width: 1120, height: 680 } });

/** Twenty words: the first in a group, and so in a colour, of its own. */
const [probe, ...others] = [
  "volcano",
  ...["football", "soccer", "basketball", "tennis", "horse", "dog", "cat", "cow", "bread", "cheese", "apple"],
  ...["soup", "violin", "piano", "trumpet", "drum", "boat", "train", "bicycle"],
];

/** Fewer pixels than this are no way to be seen on. */
const shortest = 12;

interface Step {
  readonly title: string;
  act(page: Page): Promise<void>;
}

const dimensions = (label: "2-D" | "3-D"): Step => ({
  title: label,
  act: (page) =>
    page.getByRole("toolbar", { name: "Map tools" }).getByRole("button", { name: label }).click(),
});
const projection = (title: "PCA" | "UMAP"): Step => ({
  title,
  act: (page) => choose(page, "Projection", new RegExp(`^${title}$`)),
});
const encoder = (title: string): Step => ({
  title,
  act: (page) => choose(page, "Text encoder", new RegExp(title)),
});

/** Opens the words on a map that rests, one of them selected, and gives the colour of the probe's dot. */
async function open(page: Page): Promise<string> {
  await openEmpty(page);
  const rows = [`${others[0]},plain`, `${probe},probe`, ...others.slice(1).map((word) => `${word},plain`)];
  await dropFiles(page, [textFile("words.csv", `label,category\n${rows.join("\n")}\n`, "text/csv")]);
  await expectOnMap(page, 1 + others.length);
  await expect(status(page)).toHaveText(/^Ready/, { timeout: 60_000 });
  await page.getByRole("region", { name: "Items" }).getByText("horse", { exact: true }).click();
  const entry = page.getByRole("list", { name: "Legend" }).getByRole("button", { name: "probe" });
  const colour = await entry
    .locator("span")
    .first()
    .evaluate((dot) => getComputedStyle(dot).backgroundColor);
  await settled(page, colour);
  return colour;
}

async function placeNow(page: Page, colour: string): Promise<ScreenPlace> {
  const [place] = await placesOf(page, [(await page.screenshot()).toString("base64")], colour);
  if (!place) throw new Error("the probe is not to be seen");
  return place;
}

const distance = (a: ScreenPlace, b: ScreenPlace) => Math.hypot(a.x - b.x, a.y - b.y);

/** Waits until the page is ready and the probe stands still; where it stands. */
async function settled(page: Page, colour: string): Promise<ScreenPlace> {
  let place = { x: 0, y: 0 };
  await expect(async () => {
    await expect(status(page)).toHaveText(/^Ready/);
    place = await placeNow(page, colour);
    await page.waitForTimeout(400);
    expect(distance(place, await placeNow(page, colour))).toBeLessThan(0.5);
  }).toPass({ timeout: 30_000 });
  return place;
}

/** Makes a step, and tells how far along its way, from 0 to 1, the probe stood in each picture. */
async function filmed(page: Page, colour: string, { act }: Step) {
  const from = await settled(page, colour);
  const film = await startFilm(page);
  await act(page);
  const to = await settled(page, colour);
  const places = (await placesOf(page, await film.stop(), colour)).filter((place) => place !== null);
  const length = distance(from, to);
  const shares = places.map(
    (place) => ((place.x - from.x) * (to.x - from.x) + (place.y - from.y) * (to.y - from.y)) / length ** 2,
  );
  return { from, to, length, places, shares };
}

/** What must outlast every change of the map. */
async function expectSelection(page: Page): Promise<void> {
  await expect(page.getByRole("option", { name: "horse" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("region", { name: "Neighbours" })).toContainText("Nearest to horse");
}

const pairs: readonly (readonly Step[])[] = [
  [dimensions("3-D"), dimensions("2-D")],
  [projection("PCA"), projection("UMAP")],
  [encoder("Letters"), encoder("MiniLM")],
];

for (const pair of pairs) {
  test(`dots travel, and the selection stays: ${pair.map(({ title }) => title).join(", ")}`, async ({
    page,
  }) => {
    test.slow();
    const colour = await open(page);
    // There and back again is the same way only where a map is made without chance.
    if (pair[0].title === "3-D") await projection("PCA").act(page);
    const underWay = new Set<Step>();
    // A machine with much else to do draws few pictures, and none of them may be of the way: then they go once more.
    for (let turn = 0; turn < 4 && underWay.size < pair.length; turn++) {
      for (const step of pair) {
        const { length, shares } = await filmed(page, colour, step);
        expect(length).toBeGreaterThan(shortest);
        if (shares.some((share) => share > 0.05 && share < 0.95)) underWay.add(step);
        await expectSelection(page);
      }
    }
    expect([...underWay].map(({ title }) => title).sort()).toEqual(pair.map(({ title }) => title).sort());
  });
}

test("a view that the user chose stays, there and back again", async ({ page }) => {
  const colour = await open(page);
  await projection("PCA").act(page);
  const whole = await settled(page, colour);
  await page.mouse.move(whole.x + 80, whole.y + 40);
  await page.mouse.wheel(0, -200);
  const near = await settled(page, colour);
  expect(distance(whole, near)).toBeGreaterThan(shortest);
  await projection("UMAP").act(page);
  expect(distance(near, await settled(page, colour))).toBeGreaterThan(shortest);
  await projection("PCA").act(page);
  expect(distance(near, await settled(page, colour))).toBeLessThan(2);
});

test("nothing travels for those who asked for less motion", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  const colour = await open(page);
  await projection("PCA").act(page);
  for (const step of [dimensions("3-D"), dimensions("2-D"), encoder("Letters")]) {
    await test.step(step.title, async () => {
      const { from, to, length, places } = await filmed(page, colour, step);
      expect(length).toBeGreaterThan(shortest);
      const strays = places.filter((place) => distance(place, from) > 2 && distance(place, to) > 2);
      expect(strays, `from ${JSON.stringify(from)} to ${JSON.stringify(to)}`).toEqual([]);
      await expectSelection(page);
    });
  }
});
