import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { limitMemory } from "./support/every-worker";
import { dropFiles, png, textFile } from "./support/files";
import { test } from "./support/hub";
import { choose, expectOnMap, expectProblem, openPage } from "./support/page";
import { expect, type Locator, type Page } from "./support/test";

test.use({ expectedConsole: [/Failed to load resource/] });

const tiny = join(root, "e2e", "fixtures", "hub", "tiny");

/** The pictures of a folder, as their items are called. */
const pictureNames = readdirSync(join(tiny, "..", "pictures"))
  .filter((name) => name.endsWith(".png"))
  .map((name) => name.replace(/\.png$/, ""));

const textEncoder = (page: Page) => page.evaluate(() => window.playground.encoders().text);

/** Drops what lies at a path of the disk, a folder perhaps, as people do: with the pointer. */
async function dropFromDisk(page: Page, target: Locator, path: string): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error("What it is to be dropped on is not in sight.");
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const session = await page.context().newCDPSession(page);
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    const data = { items: [], files: [path], dragOperationsMask: 1 };
    await session.send("Input.dispatchDragEvent", { type, ...at, data });
  }
}

test("any model of the Hub or of the disk becomes the encoder, is kept, and what goes wrong is told apart", async ({
  page,
  hub,
  context,
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

  const alert = dialog.getByRole("alert");
  const found = dialog.getByRole("region", { name: /^The model/ });
  const use = found.getByRole("button", { name: /^Use it: \d/ });

  await test.step("not found, gated, without ONNX files, too large, offline and out of reach are six things", async () => {
    await look("tiny/nothing");
    await expect(alert).toContainText("is not on the Hub");
    hub.gate("tiny/vit");
    await look("tiny/vit");
    await expect(alert).toContainText("agreed to its terms");
    await look("tiny/no-onnx");
    await expect(alert).toContainText(/no ONNX files/);
    await look("tiny/huge");
    await expect(alert).toContainText(
      /5,000 MB, more than the 1,900 MB that WebAssembly can open|would take about/,
    );
    await expect(use).toBeDisabled();
    await context.setOffline(true);
    await look("tiny/siglip");
    await expect(alert).toContainText("You are offline");
    await context.setOffline(false);
    hub.trouble(/^\/api\//, { kind: "silent" });
    await look("tiny/siglip");
    await expect(alert).toContainText("could not be reached");
    hub.reset();
  });

  await test.step("a slow download shows bytes and speed; cancelled, the encoder before is back", async () => {
    hub.trouble(/^\/cdn\//, { kind: "slow", bytesPerSecond: 3_000_000 });
    await look("shipped/all-minilm-l6-v2");
    await use.click();
    await expect(found).toContainText(/MB, \d.* a second/);
    await found.getByRole("button", { name: "Cancel" }).click();
    await expect(use).toBeVisible();
    await expect
      .poll(() => textEncoder(page))
      .toMatchObject({ id: "all-minilm-l6-v2", parity: { matches: true } });
    expect(await page.evaluate(() => window.playground.items().length)).toBe(3);
  });

  await test.step("a download that is cut over and over says how far it came, and goes on from there", async () => {
    hub.reset();
    hub.trouble(/^\/cdn\//, { kind: "cut", after: 4_500_000 });
    await use.click();
    await expect(alert).toContainText(/1\d,\d{3},\d{3} of 22,\d{3},\d{3} bytes/);
    hub.reset();
    await use.click();
    await expect(dialog).toBeHidden();
    const ranges = hub.requests.filter(({ path }) => path.startsWith("/cdn/")).map(({ range }) => range);
    expect(ranges).toEqual([expect.stringMatching(/^bytes=1\d{7}-$/)]);
    expect(await textEncoder(page)).toMatchObject({ id: "shipped/all-minilm-l6-v2", dimension: 384 });
    await expectOnMap(page, 3);
  });

  await test.step("files are chosen, a folder is dropped; both are called model.onnx and never mixed up", async () => {
    await choose(page, "Text encoder", /More encoders/);
    const files = ["onnx/model.onnx", "tokenizer.json", "config.json"].map((path) =>
      join(tiny, "minilm", path),
    );
    await dialog.getByLabel("Model files").setInputFiles(files);
    await expect(found).toContainText(/16 numbers, pooled by mean/);
    await use.click();
    await expect(dialog).toBeHidden();
    expect(await textEncoder(page)).toMatchObject({ id: "file:model", dimension: 16 });
    await expectOnMap(page, 3);

    await choose(page, "Text encoder", /More encoders/);
    await dropFromDisk(page, dialog.getByLabel("Model files"), join(tiny, "multilingual-e5"));
    await expect(found).toContainText(/prefix “query: ”/);
    await use.click();
    await expect(dialog).toBeHidden();
    expect(await textEncoder(page)).toMatchObject({ id: "file:multilingual-e5", dimension: 16 });

    const [onnx, tokenizer] = ["onnx/model.onnx", "tokenizer.json"].map((path) =>
      readFileSync(join(tiny, "distilbert-cased", path)).toString("base64"),
    );
    const other = await page.evaluate(
      async ([onnx, tokenizer]) => {
        const file = async (name: string, base64: string) =>
          new File([await (await fetch(`data:;base64,${base64}`)).blob()], name);
        const files = [await file("model.onnx", onnx), await file("tokenizer.json", tokenizer)];
        await window.playground.use({ text: { files } });
        return window.playground.encoders().text.id;
      },
      [onnx, tokenizer],
    );
    expect(other).toBe("file:model (2)");
    await expectOnMap(page, 3);
  });

  await test.step("a model of NaN alone is refused and the one before serves on; NaN and zeros in some leave the others", async () => {
    await choose(page, "Text encoder", /More encoders/);
    await look("tiny/nan");
    await use.click();
    await expect(alert).toContainText(/no usable vector.* not finite/);
    await expect.poll(() => textEncoder(page)).toMatchObject({ id: "file:model (2)", dimension: 16 });
    await look("tiny/nan-word");
    await use.click();
    await expect(dialog).toBeHidden();
    await page.getByRole("textbox", { name: "Words or sentences" }).fill("the river bank\na savings bank");
    await page.getByRole("button", { name: "Add", exact: true }).click();
    await expectOnMap(page, ["football", "soccer", "footwear", "a savings bank"]);
    await expectProblem(page, "the river bank", /EncoderFailed/);
    await page.keyboard.press("Escape");

    await choose(page, "Image encoder", /More encoders/);
    await look("tiny/zero-picture");
    await use.click();
    await expect(dialog).toBeHidden();
    const pictures = ["black.png", "wide.png"].map((name) => join(tiny, "..", "pictures", name));
    await page.getByLabel("Images", { exact: true }).setInputFiles(pictures);
    await expectProblem(page, "black", /EncoderFailed/);
    await page.keyboard.press("Escape");
    await expect
      .poll(() => page.evaluate(() => window.playground.items().map(({ label }) => label)))
      .toEqual(["football", "soccer", "footwear", "a savings bank", "wide"]);
    await page.evaluate(() => window.playground.clear());
    await page.evaluate(() => window.playground.add(["football", "soccer", "footwear"]));
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
    await expect(kept.getByRole("listitem")).toHaveText([
      /^shipped\/all-minilm-l6-v2 ?23\.4 MB$/,
      /^tiny\/clip ?153 kB$/,
      /^tiny\/nan/,
      /^tiny\/nan-word/,
      /^tiny\/zero-picture/,
    ]);
    await kept.getByRole("button", { name: "Delete shipped/all-minilm-l6-v2" }).click();
    await expect(kept.getByRole("listitem")).toHaveCount(4);
  });
});

test("a model dropped anywhere opens the dialog with it, its pictures go to the map, and a bad one says why", async ({
  page,
}) => {
  await openPage(page, "?words=football,soccer");
  await expectOnMap(page, 2);
  const map = page.getByRole("region", { name: "Map" });
  const dialog = page.getByRole("dialog", { name: "More encoders" });
  const found = dialog.getByRole("region", { name: /^The model/ });
  const use = found.getByRole("button", { name: /^Use it: \d/ });

  await test.step("a folder as the Hub has it", async () => {
    await dropFromDisk(page, map, join(tiny, "bge"));
    await expect(found).toContainText(/16 numbers, pooled by/);
    await use.click();
    await expect(dialog).toBeHidden();
    expect(await textEncoder(page)).toMatchObject({ id: "file:bge", dimension: 16 });
    await expectOnMap(page, 2);
  });

  await test.step("a file that is no model, and a picture beside it", async () => {
    const [broken, picture] = [textFile("broken.onnx", "I am no model."), png("red.png", 9, 9, [200, 0, 0])];
    await dropFiles(page, [broken, textFile("tokenizer.json", "{}"), picture]);
    await expect(found).toContainText("broken");
    await use.click();
    await expect(dialog.getByRole("alert")).toContainText(/broken\.onnx|tokenizer\.json/);
    await expect.poll(() => textEncoder(page)).toMatchObject({ id: "file:bge" });
    await page.keyboard.press("Escape");
    await expectOnMap(page, ["football", "soccer", "red"]);
  });

  await test.step("weights in another format", async () => {
    await dropFiles(page, [textFile("model.safetensors", "weights"), textFile("config.json", "{}")]);
    await expect(dialog.getByRole("alert")).toContainText(/no ONNX files .*safetensors/);
    await page.keyboard.press("Escape");
  });

  await test.step("a folder without a model: what is in it is added", async () => {
    await page.evaluate(() => window.playground.clear());
    await dropFromDisk(page, map, join(tiny, "..", "pictures"));
    await expect(dialog).toBeHidden();
    await expectOnMap(page, pictureNames);
  });
});

test("memory that runs out while an encoder opens is told as such, and another one takes its place", async ({
  page,
}) => {
  // 64 MB instead of 4 GB: the runtime fits in, MiniLM does not.
  await limitMemory(page, 1024);
  await page.goto("./?words=football,soccer");
  await expect(page.getByRole("alert").first()).toContainText(/does not fit into memory/);
  await choose(page, "Text encoder", /Letters only/);
  await expectOnMap(page, 2);
});
