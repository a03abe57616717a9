import { choose, cosine, encodeTexts, expectOnMap, openPage, status } from "./support/page";
import { referenceTexts } from "./support/reference";
import { expect, type Page, test } from "./support/test";

/** Short inputs: the software adapter is about a hundred times slower than WASM. */
const words = ["football", "soccer", "footwear"];

/** The names of the runtime's and the models' files that the page asks for. */
function requested(page: Page): string[] {
  const names: string[] = [];
  page.on("request", (request) => {
    const name = /\/((?:ort|models)\/.*\.(?:wasm|onnx))/.exec(new URL(request.url()).pathname)?.[1];
    if (name) names.push(name);
  });
  return names;
}

/** The builds of onnxruntime-web that hold WebGPU. */
const isWebgpuRuntime = (name: string) => /asyncify|jsep|jspi/.test(name);

/** The words' vectors in the encoder's current space, once all have one. */
async function vectorsOf(page: Page): Promise<number[][]> {
  const vectors = () =>
    page.evaluate((words) => {
      const { items, vector } = window.playground;
      const ids = words.map((word) => items().find(({ label }) => label === word)?.id ?? "");
      return ids.map((id) => Array.from(vector(id, "text")));
    }, words);
  await expect(async () => expect(await vectors()).toHaveLength(words.length)).toPass();
  return await vectors();
}

/** Their vectors after the second block, by their maximum. */
async function atLayer(page: Page): Promise<number[][]> {
  await page.evaluate(() => window.playground.use({ text: { tap: "layer_1_output", pooling: "max" } }));
  return await vectorsOf(page);
}

test("WebGPU gives the vectors that WASM gives, at any layer, and the football example holds", async ({
  page,
}) => {
  const names = requested(page);
  await openPage(page, `?device=wasm&words=${words}`);
  const onWasm = await vectorsOf(page);
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
  const layerOnWasm = await atLayer(page);

  expect(names.filter(isWebgpuRuntime)).toEqual([]);

  await openPage(page, `?device=webgpu&words=${words}`);
  expect(names.filter(isWebgpuRuntime)).not.toEqual([]);
  const encoder = await page.evaluate(() => window.playground.encoders().text);
  expect(encoder.device).toBe("webgpu");
  expect(encoder.parity?.matches).toBe(true);
  const onWebgpu = await vectorsOf(page);
  words.forEach((word, index) => {
    expect(cosine(onWasm[index], onWebgpu[index]), word).toBeGreaterThan(0.9999);
  });
  const [football, soccer, footwear] = onWebgpu;
  expect(Math.abs(cosine(football, soccer) - 0.845)).toBeLessThan(0.01);
  expect(Math.abs(cosine(football, footwear) - 0.314)).toBeLessThan(0.01);

  const layerOnWebgpu = await atLayer(page);
  words.forEach((word, index) => {
    expect(layerOnWasm[index], word).toHaveLength(384);
    expect(cosine(layerOnWasm[index], layerOnWebgpu[index]), word).toBeGreaterThan(0.9999);
    // Another layer is another vector.
    expect(cosine(layerOnWasm[index], onWasm[index]), word).toBeLessThan(0.9);
  });
});

test.describe("without stack switching, as in Firefox and Safari", () => {
  const second = "**/ort/*.asyncify.2.wasm?*";
  test.use({ expectedConsole: [/Failed to load resource.*asyncify\.2\.wasm/] });

  test("the runtime comes in two parts, says when one is missing, and gives the reference's vectors", async ({
    page,
  }) => {
    await page.addInitScript("delete WebAssembly.Suspending");
    await page.route(second, (route) => route.fulfill({ status: 404, body: "Not found" }));
    await page.goto(`./?device=webgpu&words=${words}`);
    await expect(page.getByRole("alert").first()).toContainText("asyncify.2.wasm is not there");
    await page.unroute(second);

    const names = requested(page);
    await page.getByRole("button", { name: "Retry" }).first().click();
    await expectOnMap(page, words);
    expect(names.filter((name) => name.startsWith("ort/")).sort()).toEqual([
      "ort/ort-wasm-simd-threaded.asyncify.1.wasm",
      "ort/ort-wasm-simd-threaded.asyncify.2.wasm",
    ]);
    const encoder = await page.evaluate(() => window.playground.encoders().text);
    expect(encoder).toMatchObject({ device: "webgpu", parity: { matches: true } });
    const reference = referenceTexts();
    (await vectorsOf(page)).forEach((vector, index) => {
      const expected = reference.find(({ text }) => text === words[index]);
      expect(cosine(vector, expected?.vector ?? []), words[index]).toBeGreaterThan(0.998);
    });
  });
});

test("Auto leaves a software adapter alone and fetches no WebGPU runtime", async ({ page }) => {
  const names = requested(page);
  await openPage(page, "?words=football");
  expect(await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
  expect(names.filter((name) => name.startsWith("ort/"))).toHaveLength(1);
  expect(names.filter(isWebgpuRuntime)).toEqual([]);
});

/** Has the page take the software adapter for a real one. */
const asIfReal = "Object.defineProperty(GPUAdapterInfo.prototype, 'isFallbackAdapter', { get: () => false })";

const textDevice = (page: Page) => page.evaluate(() => window.playground.encoders().text.device);

test("Auto reads the first words on WASM while WebGPU gets ready, and then goes on on WebGPU", async ({
  page,
}) => {
  await page.addInitScript(asIfReal);
  let arrive = () => {};
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  await page.route("**/ort/*.jspi.wasm*", async (route) => {
    await arrived;
    await route.continue();
  });
  const names = requested(page);
  // `playground.ready` would wait for the check, and so for WebGPU.
  await page.goto(`./?words=${words}`);
  await expect(() => expectOnMap(page, words)).toPass();
  const first = await vectorsOf(page);
  expect(await textDevice(page)).toBe("wasm");

  arrive();
  await expect.poll(() => textDevice(page), { timeout: 240_000 }).toBe("webgpu");
  expect(await page.evaluate(() => window.playground.encoders().text.parity?.matches)).toBe(true);
  // Neither the words nor what is compared with the reference needed WASM's own runtime.
  expect(names.filter((name) => name.startsWith("ort/") && !isWebgpuRuntime(name))).toEqual([]);
  const [again] = await encodeTexts(page, ["football"], "text");
  expect(cosine(first[0], again)).toBeGreaterThan(0.9999);
});

test.describe("when WebGPU can't be had after all", () => {
  test.use({ expectedConsole: [/Failed to load resource/] });

  test("Auto stays on WASM, and says why", async ({ page }) => {
    await page.addInitScript(asIfReal);
    await page.route("**/ort/*.jspi.wasm*", (route) => route.fulfill({ status: 404, body: "Not found" }));
    await openPage(page, `?words=${words}`);
    await expectOnMap(page, words);
    await expect
      .poll(() => page.evaluate(() => window.playground.encoders().text.parity?.matches), {
        timeout: 240_000,
      })
      .toBe(true);
    expect(await textDevice(page)).toBe("wasm");
    await page.getByRole("combobox", { name: "Device" }).click();
    await expect(page.getByRole("listbox")).toContainText("WebGPU did not work");
  });
});

/** Lays ready vectors out by each metric. */
function layOut(page: Page) {
  return page.evaluate(async () => {
    const { playground } = window;
    // More rows than a tile and a block of the search have, of a dimension that must be padded; copies and a zero row too.
    const [rows, dimension] = [300, 21];
    let state = 11;
    const vectors = Float32Array.from({ length: rows * dimension }, () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647 - 0.5;
    });
    vectors.copyWithin(0, dimension, 2 * dimension);
    vectors.fill(0, 5 * dimension, 6 * dimension);
    const labels = Array.from({ length: rows }, (_, row) => `row ${row}`);
    // A space of its own: neighbours that are known are not searched for again.
    await playground.addVectors({ labels, vectors, dimension });
    const maps = [];
    for (const metric of ["cosine", "euclidean", "dot"] as const) {
      const { neighboursBy, positions } = await playground.project({ metric, epochs: 30 });
      maps.push({ metric, neighboursBy, positions: Array.from(positions) });
    }
    return maps;
  });
}

test("a GPU finds the neighbours that WebAssembly finds, so that the map is the same", async ({
  page,
  browser,
}) => {
  await openPage(page, "?device=wasm&words=a");
  // It runs on no device: the neighbours alone are to be found by the slow adapter.
  await choose(page, "Text encoder", /Letters only/);
  const onWasm = await layOut(page);
  await page.evaluate(() => window.playground.clear());
  await choose(page, "Device", /WebGPU/);
  const onWebgpu = await layOut(page);
  onWebgpu.forEach(({ metric, neighboursBy, positions }, at) => {
    expect(neighboursBy, metric).toBe("webgpu");
    expect(onWasm[at].neighboursBy, metric).toBe("wasm");
    expect(positions, metric).toEqual(onWasm[at].positions);
  });

  // A GPU that goes away in the middle leaves the search to the processor.
  const made = page.evaluate(async () => {
    const [rows, dimension] = [3000, 64];
    const vectors = Float32Array.from({ length: rows * dimension }, (_, at) => Math.sin(at * at));
    const labels = Array.from({ length: rows }, (_, row) => `row ${row}`);
    await window.playground.addVectors({ labels, vectors, dimension });
    return window.playground.project({ metric: "dot", epochs: 30 });
  });
  await expect(status(page)).toHaveText(/Laying out .*: [1-9]\d* %/);
  const session = await browser.newBrowserCDPSession();
  await session.send("Browser.crashGpuProcess").catch(() => undefined);
  expect((await made).neighboursBy).toBe("wasm");
});

/**
 * Lets the test destroy the GPU devices of encoders' workers: `destroyDevices` in a worker. The news of it comes late, as
 * on a busy machine: what fails meanwhile must be known as a loss without it.
 */
async function reachDevices(page: Page): Promise<void> {
  const hook = `
    const request = GPUAdapter.prototype.requestDevice;
    const devices = [];
    GPUAdapter.prototype.requestDevice = async function (...args) {
      const device = await request.apply(this, args);
      devices.push(device);
      const late = device.lost.then(async (info) => {
        await new Promise((resolve) => setTimeout(resolve, 5000));
        return info;
      });
      Object.defineProperty(device, "lost", { value: late });
      return device;
    };
    self.destroyDevices = () => devices.forEach((device) => device.destroy());
  `;
  await page.route(/\/assets\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${hook}\n${await response.text()}` });
  });
}

/** Destroys the device of whichever worker has one. */
async function destroyDevices(page: Page): Promise<void> {
  for (const worker of page.workers()) {
    // One that was closed meanwhile has none.
    await worker
      .evaluate(() => (self as unknown as { destroyDevices?(): void }).destroyDevices?.())
      .catch(() => undefined);
  }
}

test("both devices are compared by the user's words; a lost device gets a fresh worker, a second loss WASM", async ({
  page,
}) => {
  await reachDevices(page);
  await openPage(page, `?device=webgpu&words=${words}`);
  await page.getByRole("button", { name: /^Inside/ }).click();
  await page.getByRole("button", { name: "Check WebGPU against WASM" }).click();
  await expect(page.getByRole("region", { name: "Inside" })).toContainText(
    /Both agree on 3 items\. Worst: \w+ (1\.0000|0\.9999)/,
    { timeout: 120_000 },
  );

  await destroyDevices(page);
  const compare = page.getByRole("region", { name: "Compare" });
  await compare.getByRole("textbox", { name: "Add a candidate" }).fill("sock");
  await page.keyboard.press("Enter");
  await expect(compare.getByRole("list", { name: /meaning$/ })).toContainText("sock", { timeout: 120_000 });
  await expect(compare.getByRole("alert")).toHaveCount(0);
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("webgpu");

  await destroyDevices(page);
  const [boot] = await encodeTexts(page, ["boot"], "text");
  expect(boot).toHaveLength(384);
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
  await expectOnMap(page, [...words, "boot"]);
});
