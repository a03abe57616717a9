import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { limitMemory } from "./support/every-worker";
import { greedyLayer, greedyModel } from "./support/greedy";
import { choose, expectOnMap, expectProblem, openEmpty, status } from "./support/page";
import { expect, type Page, test } from "./support/test";
import { killWorker, watchWorkers } from "./support/workers";

const manyWords = Array.from({ length: 150 }, (_, index) => `the ${index + 1}. word of a longer list`);

/** Starts adding texts and resolves once some of them stand on the map; `done` is awaited later. */
async function startAdding(page: Page, texts: readonly string[]): Promise<void> {
  await page.evaluate((texts) => {
    Object.assign(window, { adding: window.playground.add(texts) });
  }, texts);
  await expect(status(page)).toContainText(/Encoding|Laying out/);
  await page.waitForFunction(() => {
    const { size = 0 } =
      window.playground.spaces().find(({ modalities }) => modalities.includes("text")) ?? {};
    return size > 0;
  });
}

/** How many of the texts stand in the end, and how many failed. */
const added = (page: Page) =>
  page.evaluate(async () => {
    type Adding = ReturnType<typeof window.playground.add>;
    const items = await (window as unknown as { adding: Adding }).adding;
    return { standing: items.filter(({ position }) => position).length, failed: items.failures.length };
  });

test("a killed worker, another encoder in mid-encode and two at once: everything that was added stands", async ({
  page,
}) => {
  await watchWorkers(page);
  await openEmpty(page);

  await test.step("a worker killed in mid-encode is replaced, and that is said", async () => {
    await startAdding(page, manyWords);
    await killWorker(page, "text encoder");
    expect(await added(page)).toEqual({ standing: manyWords.length, failed: 0 });
    await expect(page.getByRole("alert")).toContainText("MiniLM-L6 goes on in a fresh worker");
  });

  await test.step("a worker killed while idle is replaced when it is needed", async () => {
    await killWorker(page, "text encoder");
    const nearest = await page.evaluate(() => window.playground.neighbours("a word that is not there"));
    expect(nearest.length).toBeGreaterThan(0);
  });

  await test.step("another encoder in mid-encode", async () => {
    await startAdding(page, ["football", "soccer", ...manyWords.map((text) => `${text}, again`)]);
    await choose(page, "Text encoder", /Letters only/);
    expect(await added(page)).toEqual({ standing: manyWords.length + 2, failed: 0 });
    await expectOnMap(page, 2 * manyWords.length + 2);
    expect(await page.evaluate(() => window.playground.encoders().text)).toMatchObject({
      id: "lexical",
      space: "lexical",
    });
  });

  await test.step("two encoders loading at once, each chosen twice over", async () => {
    const used = await page.evaluate(async () => {
      const calls = [
        window.playground.use({ text: { id: "all-minilm-l6-v2" }, image: { id: "efficientnet-lite0" } }),
        window.playground.use({ text: { id: "lexical" } }),
        window.playground.use({ text: { id: "all-minilm-l6-v2" } }),
      ];
      const settled = await Promise.allSettled(calls);
      return settled.map((call) => (call.status === "fulfilled" ? "used" : call.reason.name));
    });
    expect(used).toEqual(["Cancelled", "Cancelled", "used"]);
    expect(await page.evaluate(() => window.playground.encoders().text.device)).toBe("wasm");
  });
});

test("memory that runs out in mid-encode costs the item that asks for too much, and no other", async ({
  page,
}) => {
  // 192 MB instead of 4 GB: MiniLM and its runtime fit in.
  await limitMemory(page, 3072);
  await openEmpty(page);
  const folder = join(root, "e2e", "fixtures", "hub", "tiny", "bge");
  const files = {
    "model.onnx": greedyModel(readFileSync(join(folder, "onnx", "model.onnx"))),
    "config.json": readFileSync(join(folder, "config.json")),
    "tokenizer.json": readFileSync(join(folder, "tokenizer.json")),
  };
  await page.evaluate(
    async ([files, tap]) => {
      const named = files.map(async ([name, base64]) => {
        return new File([await (await fetch(`data:;base64,${base64}`)).blob()], name);
      });
      await window.playground.use({ text: { files: await Promise.all(named) } });
      await window.playground.use({ text: { tap, pooling: "mean" } });
    },
    [
      Object.entries(files).map(([name, content]) => [name, content.toString("base64")] as const),
      greedyLayer,
    ] as const,
  );

  const greedy = Array.from({ length: 40 }, () => "a").join(" ");
  const failures = await page.evaluate(async (greedy) => {
    const added = await window.playground.add(["a cat", greedy, "a dog"]);
    return added.failures.map(({ input, error }) => [input, error.name, error.message]);
  }, greedy);
  expect(failures).toEqual([[greedy, "WorkerCrashed", expect.stringMatching(/ran out of memory/)]]);
  await expectOnMap(page, ["a cat", "a dog"]);
  await expectProblem(page, "a a a", /WorkerCrashed/);

  // Nothing is left behind that would stop the next worker.
  await page.evaluate(() => window.playground.add(["a dog and a cat"]));
  await expectOnMap(page, ["a cat", "a dog", "a dog and a cat"]);
});
