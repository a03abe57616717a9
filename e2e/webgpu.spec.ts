import { cosine, encodeTexts, openPage } from "./support/page";
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

test("WebGPU gives the vectors that WASM gives, and the football example holds", async ({ page }) => {
  const names = requested(page);
  await openPage(page, "?device=wasm&words=a");
  const onWasm = await encodeTexts(page, words, "text");
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");

  expect(names.filter(isWebgpuRuntime)).toEqual([]);

  await openPage(page, "?device=webgpu&words=a");
  expect(names.filter(isWebgpuRuntime)).not.toEqual([]);
  const encoder = await page.evaluate(() => window.playground.encoders().text);
  expect(encoder.device).toBe("webgpu");
  expect(encoder.parity?.matches).toBe(true);
  const onWebgpu = await encodeTexts(page, words, "text");
  words.forEach((word, index) => {
    expect(cosine(onWasm[index], onWebgpu[index]), word).toBeGreaterThan(0.9999);
  });
  const [football, soccer, footwear] = onWebgpu;
  expect(Math.abs(cosine(football, soccer) - 0.845)).toBeLessThan(0.01);
  expect(Math.abs(cosine(football, footwear) - 0.314)).toBeLessThan(0.01);
});

test("Auto leaves a software adapter alone and fetches no WebGPU runtime", async ({ page }) => {
  const names = requested(page);
  await openPage(page, "?words=football");
  expect(await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null)).toBe(true);
  expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
  expect(names.filter((name) => name.startsWith("ort/"))).toHaveLength(1);
  expect(names.filter(isWebgpuRuntime)).toEqual([]);
});
