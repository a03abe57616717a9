import type { CollectionPage } from "./collection-page";
import { openLab } from "./support/lab";
import { expectOnMap, labels, openEmpty } from "./support/page";
import { photo } from "./support/photos";
import { address, expect, type Page, test } from "./support/test";

declare global {
  interface Window {
    collectionPage: CollectionPage;
  }
}

const words = ["football", "soccer", "banana", "piano"];
const pictures = ["football.jpg", "bee.jpg"];
const all = [...words, "football", "bee"];

/** Every item's vector in the joint space. */
const jointVectors = (page: Page) =>
  page.evaluate(() => {
    const { items, vector } = window.playground;
    return items().map(({ id }) => Array.from(vector(id, "joint")));
  });

const positions = (page: Page) =>
  page.evaluate(() => window.playground.items().map(({ position }) => position?.map(Math.round)));

const spaceIds = (page: Page) => page.evaluate(() => window.playground.spaces().map(({ id }) => id));

/**
 * Turns what is kept into what a page of the first editions would have kept: other joint vectors, ten classes of each
 * picture, ids without an edition. The items stand on a line, two units apart, each in a category.
 */
async function ageWhatIsKept(page: Page): Promise<void> {
  const lab = await openLab("collection.html");
  await page.route("**/lab/**", async (route) => {
    const url = route.request().url().replace(`${address()}lab/`, lab.url);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto("./lab/collection.html");
  await page.waitForFunction(() => "collectionPage" in window);
  await page.evaluate(async () => {
    const { createCollection, openPersistence, nameAndEdition, spaceId } = window.collectionPage;
    const persistence = await openPersistence({ name: "nearfield" });
    const kept = await persistence.restore();
    if (!kept || !persistence.persisted) throw new Error("nothing is kept");
    const former = (id: string) => spaceId(nameAndEdition(id).name);
    const settings = kept.settings as { imageEncoder: { space: string } };
    const aged = createCollection({
      items: kept.items.map((item, at) => ({
        ...item,
        category: `group ${at % 2}`,
        classes: item.classes?.slice(0, 10),
      })),
      tables: kept.tables.map((table) => {
        const space = { ...table.space, id: former(table.space.id) };
        const isJoint = space.id.includes("+");
        const data = isJoint ? table.matrix.data.map((_, at) => Math.sin(at)) : table.matrix.data;
        return { ...table, space, matrix: { ...table.matrix, data } };
      }),
      places: kept.places.map(({ space, places }) => ({
        space: former(space),
        places: { ...places, positions: places.positions.map((_, at) => (at % 2 === 0 ? at : 0)) },
      })),
      settings: undefined,
    });
    const imageEncoder = { ...settings.imageEncoder, space: former(settings.imageEncoder.space) };
    persistence.save(aged, { ...settings, imageEncoder });
    await persistence.close();
  });
  await lab.close();
}

test("vectors that an earlier edition of an encoder kept are made again, and all else stays", async ({
  page,
}) => {
  await openEmpty(page);
  await page.evaluate((words) => window.playground.add(words), words);
  await page
    .getByLabel("Images", { exact: true })
    .setInputFiles(pictures.map((name) => ({ name, mimeType: "image/jpeg", buffer: photo(name) })));
  await expectOnMap(page, all);
  await expect.poll(() => page.evaluate(() => window.playground.space())).toContain("+");
  const fresh = await jointVectors(page);
  const freshSpaces = (await spaceIds(page)).sort();
  // Saving waits a moment, so that a burst of changes is written once.
  await page.waitForTimeout(1500);

  await ageWhatIsKept(page);
  let letModelCome = () => {};
  const isAwaited = new Promise<void>((resolve) => {
    letModelCome = resolve;
  });
  await page.route("**/models/efficientnet-lite0/onnx/**", async (route) => {
    await isAwaited;
    await route.continue();
  });
  await page.goto("./");
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);

  // While pictures wait for their encoder, all stand where the earlier edition had put them.
  const line = all.map((_, at) => [2 * at, 0]);
  await expect.poll(() => positions(page)).toEqual(line);
  await expect.poll(async () => await spaceIds(page)).toContain("all-minilm-l6-v2+efficientnet-lite0");
  await page.getByRole("option", { name: "banana" }).first().click();
  expect(await positions(page)).toEqual(line);

  letModelCome();
  await expect.poll(async () => (await spaceIds(page)).sort()).toEqual(freshSpaces);
  await expect.poll(() => positions(page)).not.toEqual(line);
  await expectOnMap(page, all);
  expect(await page.evaluate(() => window.playground.space() === window.playground.space("joint"))).toBe(
    true,
  );
  const remade = await jointVectors(page);
  for (const [at, vector] of fresh.entries()) {
    const off = vector.map((value, axis) => Math.abs(value - remade[at][axis]));
    expect(Math.max(...off), all[at]).toBeLessThan(1e-5);
  }
  await expect(page.getByRole("option", { name: "banana", selected: true }).first()).toBeVisible();
  const groups = page.getByRole("list", { name: "Legend" }).getByRole("button", { name: /^group [01]/ });
  await expect(groups).toHaveCount(2);

  // The next visit finds them made, and asks for no picture again.
  await expect(page.getByRole("status").first()).toHaveText(/^Ready/);
  const settled = await positions(page);
  await page.waitForTimeout(1500);
  let asked = 0;
  page.on("request", (request) => {
    if (request.url().includes("/models/efficientnet-lite0/onnx/")) asked += 1;
  });
  await page.reload();
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);
  await expect.poll(() => labels(page)).toEqual(all);
  expect(await positions(page)).toEqual(settled);
  expect(asked).toBe(0);
});
