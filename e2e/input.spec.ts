import { drawn, dropFiles, paste, png, textFile, withOrientation } from "./support/files";
import { cosine, expectOnMap, openEmpty, openPage, status } from "./support/page";
import { photos } from "./support/photos";
import { expect, type Page, test } from "./support/test";

const field = (page: Page) => page.getByRole("textbox", { name: "Words or sentences" });
const add = (page: Page) => page.getByRole("button", { name: "Add", exact: true });
const imageInput = (page: Page) => page.getByLabel("Images", { exact: true });

/** Adds pictures and gives back their vectors by the image encoder. */
async function imageVectors(page: Page, pictures: readonly Buffer[]): Promise<number[][]> {
  return page.evaluate(
    async (sources) => {
      const blobs = await Promise.all(
        sources.map(async (source) => (await fetch(`data:application/octet-stream;base64,${source}`)).blob()),
      );
      const items = await window.playground.addImages(blobs);
      if (items.failures.length > 0) throw new Error(JSON.stringify(items.failures));
      return items.map(({ id }) => Array.from(window.playground.vector(id, "image")));
    },
    pictures.map((picture) => picture.toString("base64")),
  );
}

test.describe("typing and pasting", () => {
  test("commas separate words; lines keep theirs; Enter adds; a paste outside any field too", async ({
    page,
  }) => {
    await openEmpty(page);
    const clear = () => page.evaluate(() => window.playground.clear());
    await field(page).fill("football, soccer,footwear");
    await add(page).click();
    await expectOnMap(page, ["football", "soccer", "footwear"]);
    await expect(field(page)).toHaveValue("");
    await field(page).fill("banana");
    await field(page).press("Enter");
    await expectOnMap(page, ["football", "soccer", "footwear", "banana"]);

    await clear();
    await field(page).fill("The cat, which slept, woke.\nIt rained, a lot.");
    await add(page).click();
    await expectOnMap(page, ["The cat, which slept, woke.", "It rained, a lot."]);

    await clear();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await paste(page, { text: "football\nsoccer" });
    await expectOnMap(page, ["football", "soccer"]);
  });

  test("a picture pasted goes on the map", async ({ page }) => {
    await openEmpty(page);
    await paste(page, { files: [png("red.png", 40, 30, [200, 30, 30])] });
    await expectOnMap(page, 1);
  });
});

test.describe("files", () => {
  test("pictures chosen and dropped", async ({ page }) => {
    await openEmpty(page);
    await imageInput(page).setInputFiles([
      png("red.png", 40, 30, [200, 30, 30]),
      png("blue.png", 30, 40, [30, 30, 200]),
    ]);
    await expectOnMap(page, ["red", "blue"]);
    await dropFiles(page, [png("green.png", 50, 50, [30, 160, 30])]);
    await expectOnMap(page, ["red", "blue", "green"]);
  });

  test("a dropped .txt, a .csv with a header and quotes, and both with a picture", async ({ page }) => {
    await openEmpty(page);
    const clear = () => page.evaluate(() => window.playground.clear());
    await dropFiles(page, [textFile("words.txt", "\uFEFFfootball\r\nsoccer, the sport\r\n\r\nfootwear\r\n")]);
    await expectOnMap(page, ["football", "soccer, the sport", "footwear"]);

    await clear();
    const csv = 'label,category\nfootball,sport\n"salt, pepper",food\nshoe,clothes\n';
    await dropFiles(page, [textFile("words.csv", csv, "text/csv")]);
    await expectOnMap(page, ["football", "salt, pepper", "shoe"]);

    await clear();
    await dropFiles(page, [
      textFile("a.txt", "football\n"),
      png("red.png", 40, 30, [200, 30, 30]),
      textFile("b.csv", "text\nsoccer\n", "text/csv"),
    ]);
    await expectOnMap(page, 3);
  });

  test("JPEG, WebP, PNG, GIF's first frame, EXIF orientation, transparency on white", async ({ page }) => {
    await openEmpty(page);
    for (const type of ["image/jpeg", "image/webp", "image/png"] as const) {
      const again = await drawn(page, photos()[0].content, { type });
      const [original, other] = await imageVectors(page, [photos()[0].content, again]);
      expect(cosine(original, other), type).toBeGreaterThan(0.97);
    }

    // A 1 × 1 red pixel, then a green one (GIF89a).
    const gif = Buffer.from(
      "47494638396101000100800000ff000000ff0021f90400000000002c00000000010001000002024401002" +
        "1f90400000000002c00000000010001000002024c01003b",
      "hex",
    );
    const [first, red] = await imageVectors(page, [gif, png("red.png", 1, 1, [255, 0, 0]).buffer]);
    expect(cosine(first, red)).toBeGreaterThan(0.999);

    const photo = photos()[0].content;
    // Stored lying on its left side; orientation 6 says: turn a quarter clockwise to see it.
    const lying = await drawn(page, photo, { type: "image/jpeg", turn: 3 });
    const [upright, turned, untold] = await imageVectors(page, [photo, withOrientation(lying, 6), lying]);
    expect(cosine(upright, turned)).toBeGreaterThan(0.97);
    expect(cosine(upright, untold)).toBeLessThan(cosine(upright, turned));

    const clear = png("clear.png", 64, 64, [0, 0, 0, 0]).buffer;
    const white = png("white.png", 64, 64, [255, 255, 255]).buffer;
    const black = png("black.png", 64, 64, [0, 0, 0]).buffer;
    const [onWhite, likeWhite, likeBlack] = await imageVectors(page, [clear, white, black]);
    expect(cosine(onWhite, likeWhite)).toBeGreaterThan(0.9999);
    expect(cosine(onWhite, likeBlack)).toBeLessThan(0.99);
  });
});

test.describe("the collection", () => {
  test("undo and redo, remove and clear, by keyboard", async ({ page }) => {
    await openEmpty(page);
    await field(page).fill("football, soccer");
    await field(page).press("Enter");
    await expectOnMap(page, ["football", "soccer"]);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await page.keyboard.press("Control+z");
    await expectOnMap(page, []);
    await page.keyboard.press("Control+Shift+z");
    await expectOnMap(page, ["football", "soccer"]);
    await page.getByRole("region", { name: "Items" }).getByText("soccer", { exact: true }).click();
    await page.keyboard.press("Delete");
    await expectOnMap(page, ["football"]);
    await page.keyboard.press("Control+z");
    await expectOnMap(page, ["football", "soccer"]);
    await page.evaluate(() => window.playground.clear());
    await expectOnMap(page, []);
    await page.keyboard.press("Control+z");
    await expectOnMap(page, ["football", "soccer"]);
    await page.evaluate(() => window.playground.clear());
    await page.getByRole("button", { name: "Undo “Clear 2 items”" }).click();
    await expectOnMap(page, ["football", "soccer"]);
  });

  test("adding an item moves the others smoothly, not at random", async ({ page }) => {
    await openPage(page, "?sample=nouns");
    await expect
      .poll(() => page.evaluate(() => window.playground.items().filter(({ position }) => position).length))
      .toBeGreaterThan(200);
    await expect(status(page)).toHaveText(/^Ready/, { timeout: 60_000 });
    const places = () =>
      page.evaluate(() => window.playground.items().map(({ id, position }) => [id, position ?? []] as const));
    const before = new Map(await places());
    await page.evaluate(() => window.playground.add(["a word that was not there"]));
    await expect(status(page)).toHaveText(/^Ready/, { timeout: 60_000 });
    const moves = (await places())
      .filter(([id]) => before.has(id))
      .map(([id, place]) => Math.hypot(...place.map((value, axis) => value - (before.get(id)?.[axis] ?? 0))));
    const meanSquare = moves.reduce((sum, move) => sum + move * move, 0) / moves.length;
    // The map's root-mean-square radius is 1; a layout from scratch moves points by about 1.4.
    expect(Math.sqrt(meanSquare)).toBeLessThan(0.4);
  });

  for (const [sample, least] of Object.entries({ article: 5, nouns: 200, pictures: 10 })) {
    test(`the sample “${sample}” opens whole`, async ({ page }) => {
      await openPage(page, `?sample=${sample}`);
      const standing = () =>
        page.evaluate(() => window.playground.items().map(({ position }) => position !== null));
      await expect
        .poll(async () => (await standing()).filter(Boolean).length, { timeout: 60_000 })
        .toBeGreaterThanOrEqual(least);
      await expect.poll(async () => (await standing()).every(Boolean), { timeout: 60_000 }).toBe(true);
      await expect(page.getByRole("button", { name: /^\d+ problem/i })).toHaveCount(0);
    });
  }
});

test.describe("visits", () => {
  test("a reload brings back what was left", async ({ page }) => {
    await openEmpty(page);
    await page.evaluate(() => window.playground.add(["football", "soccer"]));
    await imageInput(page).setInputFiles([png("red.png", 40, 30, [200, 30, 30])]);
    await expectOnMap(page, ["football", "soccer", "red"]);
    // Saving waits a moment, so that a burst of changes is written once.
    await page.waitForTimeout(1500);
    await page.reload();
    await page.waitForFunction(() => "playground" in window);
    await page.evaluate(() => window.playground.ready);
    await expectOnMap(page, ["football", "soccer", "red"]);
  });

  test("an emptied map stays empty", async ({ page }) => {
    await openEmpty(page);
    await page.waitForTimeout(1500);
    await openPage(page);
    await page.waitForTimeout(1000);
    await expectOnMap(page, []);
  });

  test("a reload in mid-load harms nothing", async ({ page }) => {
    await page.goto("./");
    await page.waitForTimeout(300);
    await page.reload();
    await page.waitForTimeout(1200);
    await openPage(page);
    await expect
      .poll(() =>
        page.evaluate(() =>
          window.playground.items().some(({ label, position }) => label === "football" && position),
        ),
      )
      .toBe(true);
  });

  test("a second tab works, says that it is not kept, and is kept once the first is gone", async ({
    page,
    context,
  }) => {
    await openEmpty(page);
    await page.evaluate(() => window.playground.add(["football"]));
    await page.waitForTimeout(1500);
    const second = await context.newPage();
    await openPage(second);
    await second.evaluate(() => window.playground.add(["banana"]));
    await expect(second.getByText("Not kept")).toBeVisible();
    await page.evaluate(() => window.playground.add(["soccer"]));
    await expectOnMap(page, ["football", "soccer"]);
    await page.waitForTimeout(1500);
    await openPage(second);
    await expectOnMap(second, ["football", "soccer"]);
    await expect(second.getByText("Not kept")).toBeVisible();
    await page.close();
    await expect(second.getByText("Not kept")).toBeHidden();
  });
});
