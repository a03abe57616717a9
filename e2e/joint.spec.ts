import { cosine, expectOnMap, labels, openPage } from "./support/page";
import { photo } from "./support/photos";
import { referenceNeighbours } from "./support/reference";
import { expect, test } from "./support/test";

/** A picture of a soccer ball. */
const ball = { name: "ball.jpg", mimeType: "image/jpeg", buffer: photo("football.jpg") };

test.describe("words and pictures on one map", () => {
  test("a picture of a soccer ball lands by football and soccer; each space can be looked at alone", async ({
    page,
  }) => {
    const requests: string[] = [];
    page.on("request", (request) => requests.push(new URL(request.url()).pathname));
    const words = ["football", "soccer", "footwear", "banana", "cat", "piano", "mountain"];
    await openPage(page, `?words=${words}`);
    const asksForImages = () => requests.some((path) => /efficientnet.*\.onnx$/.test(path));
    expect(asksForImages(), "the image encoder waits for the first image").toBe(false);

    await page.getByLabel("Images", { exact: true }).setInputFiles(ball);
    await expect
      .poll(() => page.evaluate(() => window.playground.items().find(({ label }) => label === "ball")?.space))
      .toBeTruthy();
    expect(asksForImages()).toBe(true);

    const seen = await page.evaluate(async () => {
      const { playground } = window;
      const ball = playground.items().find(({ label }) => label === "ball");
      if (!ball) throw new Error("no ball");
      return {
        joint: playground.space() === playground.space("joint"),
        kinds: playground.spaces().find(({ id }) => id === playground.space())?.modalities,
        ranked: (await playground.neighbours(ball.id, { k: 7 })).map(({ label }) => label),
        places: playground.items().map(({ label, position }) => [label, position ?? []] as const),
      };
    });
    expect(seen.joint).toBe(true);
    expect(seen.kinds).toEqual(["text", "image"]);
    expect(seen.ranked.slice(0, 2).sort()).toEqual(["football", "soccer"]);

    const places = new Map(seen.places);
    const fromBall = (label: string) =>
      Math.hypot(
        ...(places.get(label) ?? []).map((value, axis) => value - (places.get("ball")?.[axis] ?? Number.NaN)),
      );
    const byDistance = [...places.keys()]
      .filter((label) => label !== "ball")
      .sort((a, b) => fromBall(a) - fromBall(b));
    expect(byDistance.slice(0, 2).sort()).toEqual(["football", "soccer"]);

    // The text space and the image space can be looked at alone.
    await page.evaluate(() => window.playground.space("text"));
    await expect.poll(() => labels(page)).toEqual(words);
    await page.evaluate(() => window.playground.space("image"));
    await expect.poll(() => labels(page)).toEqual(["ball"]);
    const [text, image] = await page.evaluate(() => {
      const { playground } = window;
      const of = (name: string) => playground.items().find(({ label }) => label === name)?.id ?? "";
      return [
        Array.from(playground.vector(of("football"), "text")),
        Array.from(playground.vector(of("ball"), "image")),
      ];
    });
    expect(text).toHaveLength(384);
    expect(image).toHaveLength(1280);
    expect(cosine(text, text)).toBeCloseTo(1, 6);
  });

  test("the sample's pictures land by the words that the recipe finds", async ({ page }) => {
    await openPage(page, "?sample=pictures");
    const reference = referenceNeighbours();
    await expectOnMap(page, 34 + reference.length);
    await expect.poll(() => page.evaluate(() => window.playground.space().includes("+"))).toBe(true);
    const found = await page.evaluate(async () => {
      const { items, neighbours } = window.playground;
      const pictures = items().filter(({ kind }) => kind === "image");
      return await Promise.all(
        pictures.map(async ({ id, label }) => {
          const ranked = await neighbours(id, {
            k: 34,
            kind: "text",
            space: window.playground.space("joint"),
          });
          return [label, ranked.map(({ label, similarity }) => ({ text: label, similarity }))] as const;
        }),
      );
    });
    expect(found.map(([label]) => label).sort()).toEqual(reference.map(({ label }) => label).sort());
    for (const { label, nearest } of reference) {
      const ranked = new Map(found).get(label) ?? [];
      for (const { text, similarity } of nearest) {
        const own = ranked.find((one) => one.text === text);
        // The browser decodes and resizes by itself.
        expect(Math.abs((own?.similarity ?? 0) - similarity), `${label}, ${text}`).toBeLessThan(0.03);
      }
    }
  });
});
