import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { allowHostility, hostile } from "./support/hostile-painter";
import { choose, expectOnMap, openPage } from "./support/page";
import { expect, test } from "./support/test";

const panel = (page: Page) => page.getByRole("region", { name: "Items", exact: true });
const list = (page: Page) => page.getByRole("listbox", { name: "Items", exact: true });
const legend = (page: Page) => page.getByRole("list", { name: "Legend" });
const filter = (page: Page) => page.getByRole("textbox", { name: "Filter items" });
const map = (page: Page) => page.getByRole("application");

/** Width and height of a PNG (specification, section 11.2.2). */
function sizeOf(file: Buffer): readonly [number, number] {
  return [file.readUInt32BE(16), file.readUInt32BE(20)];
}

async function saved(page: Page, steps: () => Promise<void>): Promise<{ name: string; content: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent("download"), steps()]);
  return { name: download.suggestedFilename(), content: readFileSync(await download.path()) };
}

/** Waits until the map moves no more: it glides to where a key sends it. */
async function stands(page: Page) {
  let before = await map(page).screenshot();
  await expect
    .poll(async () => {
      const now = await map(page).screenshot();
      const same = now.equals(before);
      before = now;
      return same;
    })
    .toBe(true);
}

test("filter by the legend, search, isolate, walk, save a picture, survive a lost context", async ({
  page,
}) => {
  await allowHostility(page);
  await openPage(page, "?sample=article");
  await expectOnMap(page, 45);
  await expect(legend(page)).toBeVisible();

  await test.step("a legend entry shows its items alone, more join it, and all come back", async () => {
    const sport = legend(page).getByRole("button", { name: "sport", exact: true });
    await sport.click();
    await expect(sport).toHaveAttribute("aria-pressed", "true");
    await expect(panel(page)).toContainText("9 of 45");
    await expect(page.getByText("9 of 45 items shown.")).toBeAttached();
    await legend(page).getByRole("button", { name: "fruit", exact: true }).press("Enter");
    await expect(panel(page)).not.toContainText("9 of 45");
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await expect(panel(page)).not.toContainText("of 45");
  });

  await test.step("search by words and fields, select what was found, invert, isolate and back", async () => {
    await filter(page).fill("category:sport ball");
    await expect(panel(page)).toContainText("2 of 45");
    await filter(page).press("Enter");
    await expect(list(page).getByRole("option", { selected: true })).toHaveText(["football", "basketball"]);
    await filter(page).fill("");
    await map(page).focus();
    await page.keyboard.press("i");
    await expect(panel(page)).toContainText("2 of 45");
    await page.keyboard.press("i");
    await expect(panel(page)).not.toContainText("of 45");
    await page.keyboard.press("Control+i");
    await expect(page.getByRole("button", { name: "Remove 43 selected" })).toBeAttached();
  });

  await test.step("a regular expression finds, and a faulty or endless one is told, not suffered", async () => {
    await page.getByRole("button", { name: "Regular expression" }).click();
    await filter(page).fill("^foot(ball|wear)$");
    await expect(panel(page)).toContainText("2 of 45");
    await filter(page).fill("^foot(");
    await expect(panel(page).getByRole("alert")).toContainText("No regular expression");
    await page.evaluate(() => window.playground.add([`${"a".repeat(60)}!`]));
    await filter(page).fill("^(a+)+$");
    await expect(panel(page).getByRole("alert")).toContainText("takes too long");
    // The page answers all the while, and the next expression works.
    await filter(page).fill("^soccer$");
    await expect(panel(page)).toContainText("1 of 46");
    await page.getByRole("button", { name: "Regular expression" }).click();
    await filter(page).fill("");
  });

  await test.step("arrow keys walk, Enter selects, Escape leaves, and a screen reader hears where", async () => {
    await list(page).getByText("football", { exact: true }).click();
    await map(page).focus();
    await page.keyboard.press("ArrowLeft");
    const heard = page.getByText(/(upper|lower|centre|left|right)[a-z ]*; nearest: .+ 0\.\d{3}/);
    await expect(heard).toBeAttached();
    await expect(heard).not.toContainText(/^football/);
    const walked = (await heard.textContent())?.split(",")[0] ?? "";
    await expect(list(page).getByRole("option", { selected: true })).toHaveText("football");
    await page.keyboard.press("Enter");
    await expect(list(page).getByRole("option", { selected: true })).toHaveText(walked);
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Escape");
    await expect(list(page).getByRole("option", { selected: true })).toHaveText(walked);
    const before = await map(page).screenshot();
    await page.keyboard.press("f");
    await expect.poll(async () => before.equals(await map(page).screenshot())).toBe(false);
    await page.keyboard.press("0");
    await stands(page);
  });

  await test.step("a box drawn from corner to corner selects all, beside what the list shows", async () => {
    await page.keyboard.press("b");
    await expect(page.getByRole("button", { name: /^Box/ })).toHaveAttribute("aria-pressed", "true");
    const box = await map(page).boundingBox();
    if (!box) throw new Error("the map has no box");
    await page.mouse.move(box.x + 4, box.y + 4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
    await page.mouse.move(box.x + box.width - 4, box.y + box.height - 80, { steps: 3 });
    await page.mouse.up();
    await expect(page.getByRole("button", { name: "Remove 46 selected" })).toBeVisible();
    await page.keyboard.press("b");
    await list(page).getByText("football", { exact: true }).click();
  });

  await test.step("numbers have a scale that is clipped and turned round", async () => {
    await choose(page, "Colour", /^similarity/);
    await expect(page.getByRole("button", { name: "selected", exact: true })).toBeVisible();
    const high = page.getByRole("textbox", { name: "Largest number" });
    await high.fill("0.3");
    await high.press("Enter");
    await expect(legend(page).getByRole("button").last()).toHaveAccessibleName(/and more/);
    await page.getByRole("button", { name: "Turn the colours round" }).click();
    await expect(page.getByRole("button", { name: "Turn the colours round" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    // An end beyond the other one is refused, and the page says why.
    await high.fill("-9");
    await high.press("Enter");
    expect(await high.evaluate((field: HTMLInputElement) => field.validationMessage)).toMatch(
      /above .+ −?\d/,
    );
    await high.press("Tab");
    await expect(high).toHaveValue("0.3");
    await high.fill("");
    await high.press("Enter");
    await expect(legend(page).getByRole("button").last()).not.toHaveAccessibleName(/and more/);
    await choose(page, "Colour", /^cluster/);
    await expect(legend(page).getByRole("button").first()).toHaveAccessibleName(/ · /);
  });

  await test.step("the map is saved as PNG of any size and as SVG with its legend, in either theme", async () => {
    await choose(page, "Colour", /^category/);
    const box = await map(page).boundingBox();
    const png = await saved(page, async () => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "Map as PNG" }).press("ArrowRight");
      await page.getByRole("menuitem", { name: "3×" }).click();
    });
    expect(png.name).toBe("nearfield-map.png");
    expect(sizeOf(png.content)[0]).toBe(Math.round((box?.width ?? 0) * 3));
    const svg = await saved(page, async () => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitemradio", { name: "Dark" }).click();
      await page.getByRole("menuitem", { name: "Map as SVG" }).click();
    });
    const drawn = svg.content.toString();
    expect(drawn).toContain("#131417");
    for (const text of ["football", "sport", "footwear"]) expect(drawn).toContain(`>${text}</text>`);
  });

  await test.step("a lost graphics context leaves a message and the list, then the map comes back", async () => {
    await hostile(page, "lose");
    await expect(page.getByText("The graphics card took the map away")).toBeVisible();
    await expect(list(page).getByRole("option").first()).toBeVisible();
    await hostile(page, "restore");
    await expect(page.getByText("The graphics card took the map away")).toBeHidden();
    await expectOnMap(page, 46);
  });

  await test.step("so does a map whose worker was ended", async () => {
    await hostile(page, "end");
    await expect(page.getByText("is being started again")).toBeVisible();
    await expect(list(page).getByRole("option").first()).toBeVisible();
    await expect(page.getByText("is being started again")).toBeHidden();
    await expectOnMap(page, 46);
  });

  await test.step("a column of numbers colours by a scale", async () => {
    await page.evaluate(async () => {
      const vectors = Float32Array.from({ length: 24 }, (_, at) => Math.sin(at * at));
      const labels = Array.from({ length: 6 }, (_, at) => `row ${at}`);
      const columns = { weight: [1, 2, 3, 4, 5, 60] };
      const [first] = await window.playground.addVectors({ labels, vectors, dimension: 4, columns });
      if (first.space) window.playground.space(first.space);
    });
    await expectOnMap(page, 6);
    await choose(page, "Colour", /^weight/);
    const high = page.getByRole("textbox", { name: "Largest number" });
    await high.fill("5");
    await high.press("Enter");
    await expect(legend(page).getByRole("button").last()).toHaveAccessibleName(/and more/);
  });

  await test.step("the card beside the pointer holds the whole of a text that is too long for a label", async () => {
    const text = "A sentence that no map has room for, because it goes on and on ".repeat(6).trim();
    await page.evaluate(async (text) => {
      window.playground.clear();
      await window.playground.add([text]);
    }, text);
    await expectOnMap(page, 1);
    // There is nothing to filter by, and the colour means something all the same.
    await choose(page, "Colour", /^kind/);
    await expect(page.getByRole("region", { name: "Colours" })).toContainText("all words");
    const box = await map(page).boundingBox();
    if (!box) throw new Error("the map has no box");
    // One point stands in the middle of the room that the legend and the labels leave.
    let step = 0;
    const card = page.getByRole("region", { name: "Map", exact: true }).getByText(text, { exact: true });
    await expect
      .poll(async () => {
        await page.mouse.move(box.x + box.width / 2 + (step++ % 3), box.y + box.height / 2 - 20);
        return card.isVisible();
      })
      .toBe(true);
  });
});

test("a legend with more entries than room opens, and names of regions and labels follow what is shown and found", async ({
  page,
}) => {
  const svg = async () => {
    const { content } = await saved(page, async () => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "Map as SVG" }).click();
    });
    return [...content.toString().matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
  };
  /** What is written in the picture but never in its legend. */
  const names = async () => (await svg()).filter((text) => text.includes(" · "));
  await openPage(page, "?sample=nouns");
  await expectOnMap(page, 355);
  await expect.poll(async () => (await names()).length, { timeout: 30_000 }).toBeGreaterThan(6);

  await test.step("a region is named as long as some of it is shown", async () => {
    const all = await names();
    await legend(page).getByRole("button", { name: "music", exact: true }).click();
    await expect.poll(async () => (await names()).length).toBeLessThan(all.length / 2);
    await page.getByRole("button", { name: "Show all", exact: true }).click();
    await expect.poll(names).toEqual(all);
  });

  await test.step("what is found keeps its labels, all else grows pale", async () => {
    await filter(page).fill("category=drink");
    await expect.poll(svg).not.toContain("violin");
    const drinks = [
      "beer",
      "cider",
      "coffee",
      "espresso",
      "juice",
      "lemonade",
      "milk",
      "tea",
      "whisky",
      "wine",
    ];
    expect((await svg()).filter((text) => drinks.includes(text)).length).toBeGreaterThan(2);
    await filter(page).fill("");
    await expect.poll(async () => (await svg()).length).toBeGreaterThan(80);
  });

  await test.step("no label lies below the legend or the tools of a map that was zoomed", async () => {
    const area = await map(page).boundingBox();
    if (!area) throw new Error("the map has no box");
    await page.mouse.move(area.x + area.width * 0.5, area.y + area.height * 0.4);
    for (let turn = 0; turn < 4; turn++) await page.mouse.wheel(0, -120);
    await stands(page);
    const { content } = await saved(page, async () => {
      await page.getByRole("button", { name: "Export" }).click();
      await page.getByRole("menuitem", { name: "Map as SVG" }).click();
    });
    const spots = [...content.toString().matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"/g)].map(([, x, y]) => ({
      x: Number(x) + area.x,
      y: Number(y) + area.y,
    }));
    const mapTools = page.getByRole("toolbar", { name: "Map tools" });
    for (const part of [page.getByRole("region", { name: "Colours" }), mapTools]) {
      const box = await part.boundingBox();
      if (!box) throw new Error("nothing lies over the map");
      const isBelow = ({ x, y }: { x: number; y: number }) =>
        x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
      expect(spots.filter(isBelow)).toEqual([]);
    }
    expect(spots.length).toBeGreaterThan(20);
    await page.keyboard.press("0");
    await stands(page);
  });

  await test.step("a part of the map with nothing in it says so and leads back", async () => {
    const area = await map(page).boundingBox();
    if (!area) throw new Error("the map has no box");
    await page.mouse.move(area.x + area.width - 8, area.y + area.height - 120);
    for (let turn = 0; turn < 8; turn++) await page.mouse.wheel(0, -400);
    await page.getByText("Nothing is in view").getByRole("button", { name: "Fit the map" }).click();
    await expect(page.getByText("Nothing is in view")).toBeHidden();
  });

  await test.step("entries beyond the third line are one button away", async () => {
    await page.evaluate(async () => {
      const count = 120;
      const vectors = Float32Array.from({ length: 4 * count }, (_, at) => Math.sin(at * at));
      const labels = Array.from({ length: count }, (_, at) => `row ${at}`);
      const columns = { team: labels.map((_, at) => `team ${1 + (at % 40)}`) };
      const [first] = await window.playground.addVectors({ labels, vectors, dimension: 4, columns });
      if (first.space) window.playground.space(first.space);
    });
    await expectOnMap(page, 120);
    await choose(page, "Colour", /^team/);
    const last = legend(page).getByRole("button", { name: "team 40", exact: true });
    await expect(last).not.toBeInViewport();
    await page.getByRole("button", { name: "All 40" }).click();
    await expect(last).toBeInViewport();
    await last.click();
    // Three rows, and the 355 words, which are not on this map.
    await expect(panel(page)).toContainText("358 of 475");
    await page.getByRole("button", { name: "Fewer" }).click();
    await expect(last).not.toBeInViewport();
  });

  await test.step("arrow keys walk among thousands, as among few", async () => {
    await choose(page, "Projection", /^PCA/);
    await page.evaluate(async () => {
      const count = 6_000;
      const vectors = Float32Array.from({ length: 3 * count }, (_, at) => Math.sin(at * at));
      const labels = Array.from({ length: count }, (_, at) => `dot ${at}`);
      const [first] = await window.playground.addVectors({ labels, vectors, dimension: 3 });
      if (first.space) window.playground.space(first.space);
    });
    await expectOnMap(page, 6_000);
    await map(page).focus();
    const heard = page.getByText(/^dot \d+, .*; nearest: /);
    await page.keyboard.press("ArrowRight");
    await expect(heard).toBeAttached();
    const first = (await heard.textContent())?.split(",")[0];
    await page.keyboard.press("ArrowRight");
    await expect(heard).not.toHaveText(new RegExp(`^${first},`));
  });
});
