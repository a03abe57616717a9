import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expectOnMap, openEmpty, openPage } from "./support/page";
import { expect, type Page, test } from "./support/test";

/** Texts that break careless writers and readers of CSV, and cells that a spreadsheet would run. */
const awkward = [
  "football",
  'a "quoted" word',
  "salt, pepper; vinegar",
  "crème brûlée 🍮",
  "שלום עולם",
  "=1+2",
  "+44 20 7946 0000",
  "-cmd|' /C calc'!A0",
  "@SUM(A1)",
];

/** A Python that may have pandas; without it one test is skipped, and csv-parse alone reads the table. */
const python = process.env.NEARFIELD_PYTHON ?? "python3";

/** Vectors and places by label, as the page holds them. */
function held(page: Page) {
  return page.evaluate(() =>
    window.playground.items().map(({ id, kind, label, position, space }) => ({
      id,
      kind,
      label,
      space: space ?? "",
      position: [...(position ?? [])],
      vector: Array.from(window.playground.vector(id)),
    })),
  );
}

type Held = Awaited<ReturnType<typeof held>>;

/** Reads a table by a reader that shares nothing with our writer and compares every cell with what the page holds. */
function expectTable(csv: string, items: Held): void {
  const rows: string[][] = parse(csv, { relax_quotes: false });
  const [header = [], ...body] = rows;
  const dimension = items[0]?.vector.length ?? 0;
  const axes = ["x", "y", "z"].slice(0, items[0]?.position.length);
  expect(header.slice(0, 4 + axes.length)).toEqual(["id", "kind", "label", "space", ...axes]);
  expect(header).toHaveLength(4 + axes.length + dimension);
  expect(body).toHaveLength(items.length);
  body.forEach((row, index) => {
    const { id, kind, label, space, position, vector } = items[index];
    expect(row.slice(0, 2)).toEqual([id, kind]);
    // Apostrophes are all that a dangerous cell may gain.
    expect(row[2].replaceAll("'", "")).toBe(label.replaceAll("'", ""));
    expect(row[3]).toBe(space);
    const numbers = row.slice(4).map(Number);
    expect(numbers.slice(0, axes.length).map(Math.fround)).toEqual(position);
    const read = new Uint32Array(Float32Array.from(numbers.slice(axes.length)).buffer);
    const held = new Uint32Array(Float32Array.from(vector).buffer);
    expect(read, `bits of ${label}`).toEqual(held);
  });
}

test.describe("CSV", () => {
  test("through scripting: every vector reads back bit for bit, awkward texts are kept", async ({ page }) => {
    await openEmpty(page);
    await page.evaluate((texts) => window.playground.add(texts), awkward);
    await expectOnMap(page, awkward.length);
    const csv = await page.evaluate(async () => (await window.playground.export("csv")).text());
    expectTable(csv, await held(page));
  });

  test("no cell starts what a spreadsheet would run as a formula", async ({ page }) => {
    await openEmpty(page);
    await page.evaluate((texts) => window.playground.add(texts), awkward);
    await expectOnMap(page, awkward.length);
    const csv = await page.evaluate(async () => (await window.playground.export("csv")).text());
    const texts = (parse(csv) as string[][]).slice(1).flatMap((row) => row.slice(0, 4));
    expect(texts.filter((cell) => /^[\s]*[=+\-@]/.test(cell))).toEqual([]);
    // Numbers stay numbers, minus signs and all.
    const numbers = (parse(csv) as string[][]).slice(1).flatMap((row) => row.slice(4));
    expect(numbers.filter((cell) => !Number.isFinite(Number(cell)) || cell === "")).toEqual([]);
  });

  test("through the menu: a file is saved, of everything", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear");
    await expectOnMap(page, 3);
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /everything as csv/i }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/\.csv$/);
    expectTable(readFileSync(await file.path(), "utf8"), await held(page));
  });

  test("through the menu: the selection alone", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear");
    await expectOnMap(page, 3);
    await page.getByRole("region", { name: "Items" }).getByText("soccer", { exact: true }).click();
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: /selection as csv/i }).click();
    const csv = readFileSync(await (await download).path(), "utf8");
    const items = (await held(page)).filter(({ label }) => label === "soccer");
    expectTable(csv, items);
  });

  test("three dimensions have a column z", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear,shoe,banana");
    await expectOnMap(page, 5);
    await page.evaluate(() => window.playground.project({ method: "pca", dimensions: 3 }));
    const csv = await page.evaluate(async () => (await window.playground.export("csv")).text());
    expectTable(csv, await held(page));
    expect(csv.split("\r\n")[0]).toContain(",x,y,z,");
  });

  test("pandas reads the same float32 vectors", async ({ page }) => {
    test.skip(spawnSync(python, ["-c", "import numpy, pandas"]).status !== 0, "this machine has no pandas");
    await openEmpty(page);
    await page.evaluate((texts) => window.playground.add(texts), awkward);
    await expectOnMap(page, awkward.length);
    const csv = await page.evaluate(async () => (await window.playground.export("csv")).text());
    const script = [
      "import sys, pandas, numpy, json",
      "exact = {} if int(pandas.__version__.split('.')[0]) >= 3 else {'float_precision': 'round_trip'}",
      "frame = pandas.read_csv(sys.stdin, **exact)",
      "columns = [name for name in frame.columns if name[0] == 'd' and name[1:].isdigit()]",
      "values = frame[columns].to_numpy(dtype=numpy.float32)",
      "print(json.dumps({'rows': len(frame), 'dtypes': sorted(set(map(str, frame[columns].dtypes))),",
      "  'bits': values.view(numpy.uint32).tolist()}))",
    ].join("\n");
    const result = spawnSync(python, ["-c", script], { input: csv, encoding: "utf8", maxBuffer: 1 << 28 });
    expect(result.status, result.stderr).toBe(0);
    const read: { rows: number; dtypes: string[]; bits: number[][] } = JSON.parse(result.stdout);
    const items = await held(page);
    expect(read.rows).toBe(items.length);
    expect(read.dtypes).toEqual(["float64"]);
    expect(read.bits).toEqual(
      items.map(({ vector }) => Array.from(new Uint32Array(Float32Array.from(vector).buffer))),
    );
  });

  test("a table of texts that was exported is taken back in", async ({ page }) => {
    await openPage(page, "?words=football,soccer,footwear");
    await expectOnMap(page, 3);
    const csv = await page.evaluate(async () => (await window.playground.export("csv")).text());
    await openEmpty(page);
    await page
      .getByLabel("Images", { exact: true })
      .setInputFiles({ name: "exported.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
    await expectOnMap(page, ["football", "soccer", "footwear"]);
  });
});
