import { test } from "./support/hub";
import { choose, expectOnMap, openPage } from "./support/page";
import { expect } from "./support/test";

test.use({ expectedConsole: [/Failed to load resource/] });

test("any model of the Hub becomes the encoder, is kept, and what goes wrong is told apart", async ({
  page,
  hub,
}) => {
  await openPage(page, "?words=football,soccer,footwear");
  await expectOnMap(page, 3);
  await choose(page, "Text encoder", /More encoders/);
  const dialog = page.getByRole("dialog", { name: "More encoders" });
  const id = dialog.getByRole("textbox", { name: "Hub model id" });
  const look = async (text: string) => {
    await id.fill(text);
    await id.press("Enter");
  };

  await test.step("presets say licence, pooling and bytes before anything is asked of the Hub", async () => {
    await expect(dialog.getByRole("button", { name: /^DistilBERT base, cased/ })).toContainText(
      /words · mean · apache-2\.0 · 261 MB/,
    );
    expect(hub.requests).toEqual([]);
  });

  await test.step("not found, gated and without ONNX files are three things", async () => {
    await look("tiny/nothing");
    await expect(dialog.getByRole("alert")).toContainText("is not on the Hub");
    hub.gate("tiny/vit");
    await look("tiny/vit");
    await expect(dialog.getByRole("alert")).toContainText("agreed to its terms");
    await look("tiny/no-onnx");
    await expect(dialog.getByRole("alert")).toContainText(/ONNX/);
  });

  await test.step("a sentence encoder is used, and the map is laid out anew", async () => {
    await look("tiny/bge");
    const found = dialog.getByRole("region", { name: /^The model/ });
    await expect(found).toContainText("pooled by cls");
    await found.getByRole("button", { name: /^Use it: \d/ }).click();
    await expect(dialog).toBeHidden();
    const encoder = await page.evaluate(() => window.playground.encoders().text);
    expect(encoder).toMatchObject({ id: "tiny/bge", space: "tiny/bge", dimension: 16, pooling: "cls" });
    await expectOnMap(page, 3);
  });

  await test.step("two towers put words and images on one map, and name an image with probabilities", async () => {
    await page.evaluate(() =>
      window.playground.use({ text: { id: "tiny/clip", hub: true }, image: { id: "tiny/clip", hub: true } }),
    );
    await page.evaluate(() => window.playground.addImages(["samples/pictures/tabby-cat.jpg"]));
    await expectOnMap(page, 4);
    expect(await page.evaluate(() => window.playground.space())).toBe("tiny/clip");
    await page.getByRole("button", { name: /^Inside/ }).click();
    const inside = page.getByRole("region", { name: "Inside" });
    await inside.getByRole("radio", { name: "Joint" }).click();
    await inside.getByRole("button", { name: "Rank labels" }).click();
    const shares = inside.getByRole("list", { name: /^Labels for/ }).getByRole("listitem");
    await expect(shares).toHaveCount(3);
    await expect(shares.first()).toHaveText(/\d+ %$/);
  });

  await test.step("what is kept is listed, and deleted on request", async () => {
    await choose(page, "Text encoder", /More encoders/);
    const kept = dialog.getByRole("region", { name: "Kept models" });
    await expect(kept.getByRole("listitem")).toHaveCount(2);
    await kept.getByRole("button", { name: "Delete tiny/bge" }).click();
    await expect(kept.getByRole("listitem")).toHaveCount(1);
  });
});
