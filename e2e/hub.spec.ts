/** Models of a Hub, from its address to the vector, and everything that can go wrong on the way: injected for real. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import type { Modality } from "../src/core/space";
import { openEncoders, test } from "./support/encoders";
import { cosine } from "./support/page";
import { expect, type Page } from "./support/test";

// The page is built once for all of them.
test.describe.configure({ mode: "default" });

const fixtures = join(root, "e2e", "fixtures", "hub");

interface Reference {
  readonly inputs: readonly { readonly text?: string; readonly picture?: string }[];
  readonly vectors: readonly { readonly offset: number; readonly shape: readonly number[] }[];
}

/** What PyTorch says of a tiny model (`recipes/tiny_models.py`). */
function reference(name: string, modality: Modality): { inputs: string[]; vectors: Float32Array[] } {
  const folder = join(fixtures, "tiny", name);
  const content = JSON.parse(readFileSync(join(folder, "reference.json"), "utf8"));
  const { inputs, vectors }: Reference = content[modality] ?? content;
  const bytes = readFileSync(join(folder, "reference.f32"));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return {
    inputs: inputs.map(({ text, picture }) => text ?? picture ?? ""),
    vectors: vectors.map(({ offset, shape }) => values.subarray(offset, offset + shape[0])),
  };
}

/** Opens a model of the Hub on WASM and encodes texts. */
async function encodeTexts(page: Page, id: string, texts: readonly string[], format?: "fp16" | "q8") {
  return await page.evaluate(
    async ([id, texts, format]) => {
      const { openTextEncoder, parseHubId } = window.encodersPage;
      const source = { from: "hub", ...parseHubId(id) } as const;
      const handle = await openTextEncoder(format ? { source, format } : { source }, { device: "wasm" });
      const vectors: number[][] = [];
      await handle.encode(texts, {
        onResults(results, failures) {
          if (failures[0])
            throw new Error(`${id}, ${texts[failures[0].index]}: ${failures[0].error.message}`);
          for (const { index, vector } of results) vectors[index] = Array.from(vector);
        },
      });
      handle.close();
      return { space: handle.space.id as string, modalities: handle.space.modalities, vectors };
    },
    [id, texts, format] as const,
  );
}

async function encodePictures(page: Page, id: string, names: readonly string[]) {
  const pictures = names.map((name) => readFileSync(join(fixtures, "pictures", name)).toString("base64"));
  return await page.evaluate(
    async ([id, pictures]) => {
      const blobs = await Promise.all(
        pictures.map(async (base64) => (await fetch(`data:image/png;base64,${base64}`)).blob()),
      );
      const handle = await window.encodersPage.openImageEncoder(
        { source: { from: "hub", id } },
        { device: "wasm" },
      );
      const vectors: number[][] = [];
      const classes: (string | undefined)[] = [];
      await handle.encode(blobs, {
        onResults(results, failures) {
          if (failures[0]) throw new Error(failures[0].error.message);
          for (const one of results) {
            vectors[one.index] = Array.from(one.vector);
            classes[one.index] = one.classes?.[0].name;
          }
        },
      });
      handle.close();
      return { space: handle.space.id as string, vectors, classes };
    },
    [id, pictures] as const,
  );
}

/** The error that opening a text encoder of the Hub ends with; undefined when it opens. */
async function failure(page: Page, id: string) {
  return await page.evaluate(async (id) => {
    const { openTextEncoder, parseHubId } = window.encodersPage;
    try {
      const source = { from: "hub", ...parseHubId(id) } as const;
      (await openTextEncoder({ source }, { device: "wasm" })).close();
      return undefined;
    } catch (error) {
      const { name, message, advice } = error as Error & { advice?: string };
      return { name, message, advice };
    }
  }, id);
}

test("tiny models of several kinds, from the Hub's address to the vector, give PyTorch's vectors", async ({
  page,
  hub,
  lab,
}) => {
  await openEncoders(page, lab);
  for (const name of ["distilbert-cased", "multilingual-e5", "roberta", "clip", "siglip"]) {
    const { inputs, vectors } = reference(name, "text");
    const found = await encodeTexts(page, `tiny/${name}`, inputs);
    expect(found.space).toBe(`tiny/${name}`);
    expect(found.modalities).toEqual(/clip|siglip/.test(name) ? ["text", "image"] : ["text"]);
    found.vectors.forEach((vector, i) => {
      expect(cosine(vector, vectors[i]), `${name}: ${inputs[i]}`).toBeGreaterThan(1 - 1e-5);
    });
  }
  for (const name of ["vit", "resnet", "half-pixels", "clip"]) {
    const { inputs, vectors } = reference(name, "image");
    const found = await encodePictures(page, `tiny/${name}`, inputs);
    expect(found.space).toBe(`tiny/${name}`);
    found.vectors.forEach((vector, i) => {
      expect(cosine(vector, vectors[i]), `${name}: ${inputs[i]}`).toBeGreaterThan(1 - 1e-3);
    });
    if (name === "resnet" || name === "vit") expect(found.classes[0]).toMatch(/^thing \d/);
  }
  // The scale stands in the file of both towers, of which no more than the edges is fetched.
  const joint = await page.evaluate(
    async () => (await window.encodersPage.resolveModel({ from: "hub", id: "tiny/siglip" })).joint,
  );
  expect(joint?.logitScale).toBeCloseTo(Math.exp(4.7), 3);
  expect(joint?.logitBias).toBeCloseTo(-12.9, 5);
  const { inputs, vectors } = reference("minilm", "text");
  for (const [format, bound] of [
    ["fp16", 0.9999],
    ["q8", 0.98],
  ] as const) {
    const found = await encodeTexts(page, "tiny/minilm", inputs, format);
    expect(cosine(found.vectors[2], vectors[2]), format).toBeGreaterThan(bound);
  }
  expect(hub.requests.some(({ path }) => path.endsWith("model_quantized.onnx"))).toBe(true);
});

test.describe("what goes wrong", () => {
  // The browser says each refused request itself.
  test.use({ expectedConsole: [/Failed to load resource/] });

  test("is named: not found, gated, no ONNX files, too large, unreachable, damaged", async ({
    page,
    hub,
    lab,
    context,
  }) => {
    await openEncoders(page, lab);
    expect(await failure(page, "tiny/none")).toMatchObject({ name: "ModelNotFound" });
    expect(await failure(page, "tiny/minilm@v9")).toMatchObject({
      name: "ModelNotFound",
      message: expect.stringContaining("revision"),
    });
    expect(await failure(page, "tiny/no-onnx")).toMatchObject({
      name: "NoOnnxFiles",
      advice: expect.stringContaining("onnx-community"),
    });
    expect(await failure(page, "tiny/huge")).toMatchObject({
      name: "ModelTooLarge",
      message: expect.stringContaining("5,000 MB"),
    });
    hub.gate("tiny/bge");
    expect(await failure(page, "tiny/bge")).toMatchObject({ name: "ModelGated" });
    expect(await failure(page, "tiny/vit")).toMatchObject({
      name: "UnsupportedModel",
      advice: expect.stringContaining("image encoder"),
    });
    hub.trouble(/^\/cdn\//, { kind: "damaged" });
    expect(await failure(page, "tiny/minilm")).toMatchObject({ name: "ModelCorrupt" });
    hub.reset();
    hub.trouble(/resolve\/.*tokenizer\.json/, { kind: "status", status: 503 });
    expect(await failure(page, "tiny/siglip")).toMatchObject({ name: "NetworkFailed" });
    hub.reset();
    hub.trouble(/^\/api\//, { kind: "silent" });
    expect(await failure(page, "tiny/dinov2")).toMatchObject({ name: "NetworkFailed" });
    hub.reset();
    await context.setOffline(true);
    expect(await failure(page, "tiny/multilingual-e5")).toMatchObject({ name: "Offline" });
    await context.setOffline(false);
    expect(await failure(page, "tiny/multilingual-e5")).toBeUndefined();
  });

  test("a download goes on where it broke off, is kept, opens without the Hub, and is forgotten", async ({
    page,
    hub,
    lab,
  }) => {
    await openEncoders(page, lab);
    // 23 MB, cut at every 5: it goes on three times by itself, then says so.
    hub.trouble(/^\/cdn\//, { kind: "cut", after: 5_000_000 });
    expect(await failure(page, "shipped/all-minilm-l6-v2")).toMatchObject({
      name: "DownloadCut",
      message: expect.stringMatching(/1\d,\d{3},\d{3} of 22,\d{3},\d{3} bytes/),
    });
    expect(await page.evaluate(() => window.encodersPage.keptModels())).toMatchObject([
      { id: "shipped/all-minilm-l6-v2", host: hub.url },
    ]);
    await page.reload();
    await page.waitForFunction(() => "encodersPage" in window);
    hub.reset();
    expect(await failure(page, "shipped/all-minilm-l6-v2")).toBeUndefined();
    const ranges = hub.requests.filter(({ path }) => path.startsWith("/cdn/")).map(({ range }) => range);
    expect(ranges).toEqual([expect.stringMatching(/^bytes=1\d{7}-$/)]);

    hub.reset();
    hub.trouble(/./, { kind: "silent" });
    const { vectors } = await encodeTexts(page, "shipped/all-minilm-l6-v2", [
      "football",
      "soccer",
      "footwear",
    ]);
    expect(cosine(vectors[0], vectors[1])).toBeGreaterThan(0.8);
    expect(cosine(vectors[0], vectors[2])).toBeLessThan(0.4);
    expect(hub.requests.filter(({ path }) => !path.startsWith("/api/"))).toEqual([]);

    const state = await page.evaluate(async () => {
      const { forgetModel, keptModels, storageState } = window.encodersPage;
      const before = await keptModels();
      await forgetModel("shipped/all-minilm-l6-v2");
      return { before, after: await keptModels(), storage: await storageState() };
    });
    // Where ranges are ignored or blocked, a file that broke off starts from its beginning.
    for (const kind of ["no-range", "range-blocked"] as const) {
      hub.reset();
      hub.trouble(/^\/cdn\//, { kind: "cut", after: 20_000 }, 1);
      hub.trouble(/^\/cdn\//, { kind });
      expect(await failure(page, kind === "no-range" ? "tiny/bge" : "tiny/minilm"), kind).toBeUndefined();
    }
    const [kept] = state.before;
    expect(kept.files.map(({ path }) => path)).toContain("onnx/model.onnx");
    expect(kept.files.every(({ bytes, total }) => bytes === total)).toBe(true);
    expect(state.after).toEqual([]);

    // What was only looked at is not kept; what was opened is, the scale of its probabilities too.
    hub.reset();
    await page.evaluate(() => caches.delete("nearfield-models-1"));
    const looked = await page.evaluate(async () => {
      const { keptModels, resolveModel } = window.encodersPage;
      const model = await resolveModel({ from: "hub", id: "tiny/siglip" }, { keep: false });
      return { joint: model.joint, kept: await keptModels() };
    });
    expect(looked.joint?.logitBias).toBeCloseTo(-12.9, 5);
    expect(looked.kept).toEqual([]);
    expect(await failure(page, "tiny/siglip")).toBeUndefined();
    hub.trouble(/./, { kind: "silent" });
    const offline = await page.evaluate(async () => {
      const model = await window.encodersPage.resolveModel({ from: "hub", id: "tiny/siglip" });
      return { joint: model.joint, assumptions: model.text?.assumptions };
    });
    expect(offline).toEqual({ joint: looked.joint, assumptions: [] });
    expect(state.storage.quota).toBeGreaterThan(0);
  });
});

test("local files: a folder as it was downloaded, and a lone .onnx file", async ({ page, lab }) => {
  await openEncoders(page, lab);
  const file = (name: string, path: string) => ({
    path,
    base64: readFileSync(join(fixtures, "tiny", name, path)).toString("base64"),
  });
  const open = (modality: Modality, parts: { path: string; base64: string }[]) =>
    page.evaluate(
      async ([modality, parts]) => {
        const files = await Promise.all(
          parts.map(async ({ path, base64 }) => {
            const blob = await (await fetch(`data:application/octet-stream;base64,${base64}`)).blob();
            return new File([blob], path.split("/").at(-1) ?? path);
          }),
        );
        const source = { from: "files", name: "mine", files } as const;
        try {
          const { openImageEncoder, openTextEncoder, resolveModel } = window.encodersPage;
          const model = await resolveModel(source);
          const handle = await (modality === "text" ? openTextEncoder : openImageEncoder)(
            { source },
            { device: "wasm" },
          );
          handle.close();
          const assumptions = (modality === "text" ? model.text : model.image)?.assumptions;
          return { space: handle.space.id as string, dimension: handle.space.dimension, assumptions };
        } catch (error) {
          return { error: (error as Error).name, advice: (error as { advice?: string }).advice };
        }
      },
      [modality, parts] as const,
    );

  const e5 = ["config.json", "tokenizer.json", "onnx/model.onnx", "onnx/model.onnx_data"];
  expect(
    await open(
      "text",
      e5.map((path) => file("multilingual-e5", path)),
    ),
  ).toMatchObject({
    space: "file:mine",
    dimension: 16,
    assumptions: [],
  });
  expect(
    await open("text", [file("minilm", "onnx/model.onnx"), file("minilm", "tokenizer.json")]),
  ).toMatchObject({
    dimension: 16,
    assumptions: [expect.stringContaining("no config.json")],
  });
  expect(await open("image", [file("dinov2", "onnx/model.onnx")])).toMatchObject({
    dimension: 16,
    assumptions: [expect.stringContaining("ImageNet")],
  });
  expect(await open("image", [file("minilm", "onnx/model.onnx")])).toMatchObject({
    error: "UnsupportedModel",
    advice: expect.stringContaining("tokenizer.json"),
  });
  expect(await open("text", [file("minilm", "tokenizer.json")])).toMatchObject({ error: "NoOnnxFiles" });
});
