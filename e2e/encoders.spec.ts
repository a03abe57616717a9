import { cosine, openEmpty, openPage } from "./support/page";
import { referencePictures, referenceTexts } from "./support/reference";
import { expect, test } from "./support/test";

test("texts get the vectors of the full-precision model", async ({ page }) => {
  // A text of white space alone is no item; everything else is.
  const texts = referenceTexts().filter(({ text }) => text.trim() !== "");
  expect(texts.length).toBeGreaterThanOrEqual(200);
  await openEmpty(page);
  const vectors = await page.evaluate(
    async (texts) => {
      const items = await window.playground.add(texts);
      if (items.failures.length > 0) throw new Error(JSON.stringify(items.failures));
      return items.map(({ id }) => Array.from(window.playground.vector(id, "text")));
    },
    texts.map(({ text }) => text),
  );
  const cosines = texts.map(({ vector }, index) => cosine(vector, vectors[index]));
  const mean = cosines.reduce((sum, value) => sum + value, 0) / cosines.length;
  const worst = Math.min(...cosines);
  expect(mean).toBeGreaterThanOrEqual(0.999);
  expect(worst, texts[cosines.indexOf(worst)].text).toBeGreaterThanOrEqual(0.995);
});

test("pictures, from file to vector, agree with Pillow and PyTorch; the classifier names them alike", async ({
  page,
}) => {
  const pictures = referencePictures();
  expect(pictures.filter(({ real }) => real).length).toBeGreaterThanOrEqual(20);
  await openEmpty(page);
  const vectors = await page.evaluate(
    async (sources) => {
      const blobs = await Promise.all(
        sources.map(async (source) => (await fetch(`data:application/octet-stream;base64,${source}`)).blob()),
      );
      const items = await window.playground.addImages(blobs);
      if (items.failures.length > 0) throw new Error(JSON.stringify(items.failures));
      return items.map(({ id }) => Array.from(window.playground.vector(id, "image")));
    },
    pictures.map(({ content }) => content.toString("base64")),
  );
  const poor = pictures
    .map(({ name, vector }, index) => ({ name, cosine: cosine(vector, vectors[index]) }))
    .filter(({ cosine }) => !(cosine >= 0.99));
  expect(poor).toEqual([]);
});

test("the check against the reference is shown, and both encoders say what they are", async ({ page }) => {
  await openPage(page, "?words=football");
  const { text } = await page.evaluate(() => window.playground.encoders());
  expect(text).toMatchObject({
    id: "all-minilm-l6-v2",
    dimension: 384,
    device: "wasm",
    tap: "last_hidden_state",
    pooling: "mean",
  });
  expect(text.parity?.matches).toBe(true);
  expect(text.parity?.cosine).toBeGreaterThan(0.998);
  await expect(page.getByText(/matches (its|the) reference: 0\.99/)).toBeVisible();
});

test("the image encoder waits for the first image", async ({ page }) => {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  await openPage(page, "?words=football,soccer,footwear");
  await expect(page.getByRole("status")).toHaveText(/^Ready/);
  expect(paths.filter((path) => /efficientnet.*onnx|jspi|asyncify/.test(path))).toEqual([]);
  // Once: what was begun before the page was there is what the page goes on with.
  expect(paths.filter((path) => /minilm.*\.onnx$/i.test(path))).toHaveLength(1);
});

test("a change of text encoder encodes the items anew, and back again", async ({ page }) => {
  await openPage(page, "?words=football,soccer,footwear");
  const spaces = () => page.evaluate(() => window.playground.items().map(({ space }) => space));
  const first = await page.evaluate(() => window.playground.space());
  const lexical = page.getByRole("option", { name: /letters|lexical/i });
  await page.getByRole("combobox", { name: "Text encoder" }).click();
  await lexical.click();
  await expect.poll(() => page.evaluate(() => window.playground.encoders().text.id)).toBe("lexical");
  await expect.poll(async () => new Set(await spaces()).has(first)).toBe(false);
  await page.getByRole("combobox", { name: "Text encoder" }).click();
  await page.getByRole("option", { name: /minilm/i }).click();
  await expect.poll(async () => (await spaces()).every((space) => space === first)).toBe(true);
});
