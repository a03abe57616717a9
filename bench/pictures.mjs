/**
 * `node bench/pictures.mjs [30] [500] [10000] [1000000]`: makes the pictures of docs/map.md anew, or some of them, from the
 * built page in a real Chromium, in light and dark. The last two take some minutes each: words are encoded, a million points
 * laid out, on this machine.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, isInstalled, root, runOrExit } from "../scripts/setup.mjs";

ensureInstalled();
const peers = join(root, "bench", "peers");
if (!isInstalled(peers)) {
  console.error("Installing the peers (bench/peers) …");
  runOrExit("npm", ["ci", "--prefix", peers, "--no-audit", "--no-fund", "--legacy-peer-deps"], {
    quiet: true,
  });
}
ensureBuilt();
const [{ chromium }, { runnerImport }, { requireChromium, chromiumFlags }, { createStaticServer, listen }] =
  await Promise.all([
    import("@playwright/test"),
    import("vite"),
    import("../scripts/chromium.mjs"),
    import("../scripts/static-server.mjs"),
  ]);

/** Writes PNGs of a palette: the page's own colours are few, and a picture in the repository should be small. */
const UPNG = createRequire(join(peers, "package.json"))("upng-js");
/** Colours of a picture: with more, none looks better. */
const colours = 256;

/** Three fields, ten words each. */
const thirty = `football soccer basketball tennis goalkeeper referee stadium rugby cricket hockey
  coffee tea espresso milk lemonade juice beer wine water whisky
  rain snow storm cloud thunder fog wind sunshine rainbow lightning`.split(/\s+/);
/** The map's longest wait: a million points on a slow machine. */
const timeout = 20 * 60_000;

/**
 * @typedef {import("@playwright/test").Page} Page
 * @typedef {(page: Page) => Promise<void>} Maker puts what is pictured on the page's map, and waits until it stands there
 */

/** @param {Page} page @param {number} count */
async function standing(page, count) {
  const name = new RegExp(`^Map of ${count.toLocaleString("en-GB")} items`);
  await page.getByRole("application", { name }).waitFor({ timeout });
}

/**
 * Waits until the page says that it has nothing more to do, and still says so after a while: between two jobs it may be idle.
 *
 * @param {Page} page
 */
async function ready(page) {
  const isReady = () => document.querySelector('[role="status"]')?.textContent?.startsWith("Ready") === true;
  do {
    await page.waitForFunction(isReady, null, { timeout, polling: 500 });
    await page.waitForTimeout(3_000);
  } while (!(await page.evaluate(isReady)));
}

/** @param {Page} page @param {readonly string[]} texts */
const add = (page, texts) => page.evaluate(async (texts) => void (await window.playground.add(texts)), texts);

/** @param {Page} page @param {string} what */
async function colourBy(page, what) {
  await page.getByRole("combobox", { name: "Colour" }).click();
  await page.getByRole("option", { name: what }).first().click();
}

/** @type {Record<string, Maker>} */
const makers = {
  async 30(page) {
    await add(page, thirty);
    await standing(page, thirty.length);
    await page.getByRole("listbox", { name: "Items" }).getByText("football", { exact: true }).click();
  },
  async 500(page) {
    /** @param {string} sample @returns {{ items: { text?: string, image?: string }[] }} */
    const read = (sample) =>
      JSON.parse(readFileSync(join(root, "public", "samples", `${sample}.json`), "utf8"));
    const samples = ["pictures", "article", "nouns"].map(read);
    const classes = join(root, "public", "models", "conse-minilm-efficientnet", "class-texts.json");
    const words = [
      ...samples.flatMap(({ items }) => items.flatMap(({ text }) => text ?? [])),
      .../** @type {string[][]} */ (JSON.parse(readFileSync(classes, "utf8"))).map(([name]) => name),
    ];
    const chosen = [...new Map(words.map((word) => [word.toLowerCase(), word])).values()].slice(0, 500);
    const images = samples[0].items.flatMap(({ image }) => (image ? [`samples/${image}`] : []));
    await add(page, chosen);
    await page.evaluate(async (images) => void (await window.playground.addImages(images)), images);
    await standing(page, chosen.length + images.length);
    await colourBy(page, "cluster");
  },
  async 10000(page) {
    const { module } = await runnerImport(join(root, "bench", "wordnet.ts"));
    await add(page, module.wordnetThings(10_000));
    await standing(page, 10_000);
    await colourBy(page, "cluster");
  },
  async 1000000(page) {
    await page.getByRole("combobox", { name: "Projection" }).click();
    await page.getByRole("option", { name: /^PCA/ }).click();
    // Synthetic points need no names.
    await page.keyboard.press("n");
    await page.evaluate(() => {
      const count = 1_000_000;
      let seed = 1;
      const random = () => {
        seed = (seed * 1664525 + 1013904223) >>> 0;
        return (seed + 1) / 4294967297;
      };
      const gaussian = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
      // Three arms of a spiral, seen from above, thin and crowded in the middle.
      const vectors = new Float32Array(3 * count);
      const labels = Array.from({ length: count }, (_, at) => `point ${at}`);
      const arm = labels.map((_, at) => `arm ${(at % 3) + 1}`);
      labels.forEach((_, at) => {
        const along = random() ** 0.7;
        const angle = 7 * along + (2 * Math.PI * (at % 3)) / 3;
        const spread = 0.06 + 0.12 * along;
        vectors[3 * at] = 1.4 * along * Math.cos(angle) + spread * gaussian();
        vectors[3 * at + 1] = along * Math.sin(angle) + spread * gaussian();
        vectors[3 * at + 2] = 0.05 * gaussian();
      });
      void window.playground.addVectors({ labels, vectors, dimension: 3, columns: { arm } });
    });
    await standing(page, 1_000_000);
  },
};

const asked = process.argv.slice(2);
const names = asked.length > 0 ? asked : Object.keys(makers);
const server = createStaticServer({ folder: join(root, "dist") });
const address = await listen(server);
const browser = await chromium.launch({ executablePath: await requireChromium(), args: chromiumFlags });
for (const name of names) {
  const make = makers[name];
  if (!make) throw new Error(`There is no picture “${name}”. There are: ${Object.keys(makers).join(", ")}.`);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: "light" });
  page.setDefaultTimeout(timeout);
  page.on("pageerror", (error) => console.error(`  in the page: ${error.message}`));
  await page.goto(`${address}?words=football`);
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);
  await page.evaluate(() => window.playground.clear());
  console.error(`── ${name}`);
  const started = performance.now();
  await make(page);
  console.error(`  on the map after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  await ready(page);
  console.error(`  ready after ${((performance.now() - started) / 1000).toFixed(1)} s`);
  // Points have travelled, pictures are decoded, regions found and named.
  await page.waitForTimeout(Number(name) > 100_000 ? 20_000 : 6_000);
  for (const theme of /** @type {const} */ (["light", "dark"])) {
    await page.emulateMedia({ colorScheme: theme });
    await page.waitForTimeout(Number(name) > 100_000 ? 15_000 : 2_000);
    await ready(page);
    const { width, height, ...picture } = UPNG.decode(await page.screenshot({ timeout }));
    const png = UPNG.encode(UPNG.toRGBA8({ width, height, ...picture }), width, height, colours);
    const file = join(root, "docs", "images", `map-${name}-${theme}.png`);
    writeFileSync(file, Buffer.from(png));
    console.error(`  ${file}: ${Math.round(png.byteLength / 1000)} kB`);
  }
  await page.close();
}
await browser.close();
server.close();
