/** The map alone, driven with real pointer events in a real browser. */
import { mkdtemp, rm } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, type Page, test } from "@playwright/test";
import { build } from "vite";
import { root } from "../scripts/setup.mjs";
import { createStaticServer, listen } from "../scripts/static-server.mjs";
import type { Scatter, ScatterEvents, ScatterPoints } from "../src/scatter/index";
import type { ScatterPage } from "./scatter-page";
import { inEveryWorker } from "./support/every-worker";
import { allowHostility, hostile } from "./support/hostile-painter";

declare global {
  interface Window {
    scatterPage: ScatterPage;
    scatter: Scatter;
    square(dimensions: 2 | 3): ScatterPoints;
    heard: { [K in keyof ScatterEvents]: ScatterEvents[K][] };
  }
}

/** A 10 × 10 square of points, one unit apart; number 0 at the bottom left, 9 at the bottom right. */
const SIDE = 10;

let folder: string;
let server: Server;
let address: string;

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "nearfield-scatter-"));
  await build({
    root: join(root, "e2e"),
    configFile: false,
    base: "./",
    logLevel: "error",
    build: {
      outDir: folder,
      emptyOutDir: true,
      rolldownOptions: { input: join(root, "e2e", "scatter.html") },
    },
  });
  server = createStaticServer({ folder });
  address = await listen(server);
});

test.afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await rm(folder, { recursive: true, force: true });
});

const problems = new WeakMap<Page, string[]>();

test.beforeEach(async ({ page }) => {
  const heard: string[] = [];
  problems.set(page, heard);
  page.on("pageerror", (error) => heard.push(String(error.stack)));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("404")) heard.push(message.text());
  });
  await page.setViewportSize({ width: 800, height: 600 });
});

test.afterEach(({ page }) => {
  expect(problems.get(page)).toEqual([]);
});

/** Opens the page with the square of points; z is 0 for all, or the point's number / 50 in 3-D. */
async function open(
  page: Page,
  { dimensions = 2, images = false }: { dimensions?: 2 | 3; images?: boolean } = {},
): Promise<void> {
  await page.goto(`${address}scatter.html`);
  await page.waitForFunction(() => "scatterPage" in window);
  await page.evaluate(
    ({ side, dimensions, images }) => {
      const container = document.getElementById("map") as HTMLElement;
      const { createScatter, themes } = window.scatterPage;
      const scatter = createScatter(container, { theme: themes.light });
      window.scatter = scatter;
      window.heard = {
        hover: [],
        pick: [],
        open: [],
        enclose: [],
        view: [],
        inView: [],
        context: [],
        unavailable: [],
      };
      for (const name of Object.keys(window.heard) as (keyof ScatterEvents)[]) {
        scatter.on(name, (detail) => (window.heard[name] as unknown[]).push(detail));
      }
      const count = side * side;
      window.square = (dimensions) => ({
        count,
        dimensions,
        positions: Float32Array.from({ length: count * dimensions }, (_, at) => {
          const index = Math.floor(at / dimensions);
          return [index % side, Math.floor(index / side), index / 50][at % dimensions];
        }),
        colours: new Uint8Array(count),
        kinds: new Uint8Array(count).fill(images ? 1 : 0),
        label: (index) => `point ${index}`,
        key: (index) => `key ${index}`,
        thumbnail: () => {
          const canvas = new OffscreenCanvas(40, 30);
          const context = canvas.getContext("2d");
          if (!context) return undefined;
          context.fillStyle = "rgb(200 20 120)";
          context.fillRect(0, 0, 40, 30);
          return createImageBitmap(canvas);
        },
      });
      scatter.setPoints(window.square(dimensions));
    },
    { side: SIDE, dimensions, images },
  );
  await settled(page);
}

/** Waits until the map has drawn nothing for a while. */
async function settled(page: Page): Promise<void> {
  let before = "";
  await expect
    .poll(
      async () => {
        const now = await page.evaluate(async () => {
          // On a busy machine frames come late; a map that moves has moved after three of them.
          for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
          const { scatter } = window;
          const ready = scatter.get().ready || scatter.get().lost;
          return JSON.stringify([
            ready || performance.now(),
            scatter.view(),
            scatter.locate(0),
            scatter.locate(99),
          ]);
        });
        const same = now === before;
        before = now;
        return same;
      },
      { intervals: [150] },
    )
    .toBe(true);
}

async function locate(page: Page, index: number): Promise<{ x: number; y: number }> {
  const spot = await page.evaluate((index) => window.scatter.locate(index), index);
  if (!spot) throw new Error(`point ${index} is not in view`);
  return spot;
}

const heard = <K extends keyof ScatterEvents>(page: Page, name: K): Promise<ScatterEvents[K][]> =>
  page.evaluate((name) => window.heard[name], name) as Promise<ScatterEvents[K][]>;

/** The colour of the screen at a place. */
async function colourAt(page: Page, x: number, y: number): Promise<number[]> {
  const shot = await page.screenshot({ clip: { x: Math.round(x), y: Math.round(y), width: 1, height: 1 } });
  return page.evaluate(async (png) => {
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const context = new OffscreenCanvas(1, 1).getContext("2d");
    if (!context) throw new Error("no canvas");
    context.drawImage(bitmap, 0, 0);
    return [...context.getImageData(0, 0, 1, 1).data.subarray(0, 3)];
  }, shot.toString("base64"));
}

const BLUE = [0x2f, 0x5b, 0xea];

test("draws each point where it says it is, in its colour", async ({ page }) => {
  await open(page);
  for (const index of [0, 9, 45, 99]) {
    const spot = await locate(page, index);
    expect(await colourAt(page, spot.x, spot.y)).toEqual(BLUE);
  }
  const between = await locate(page, 0);
  const next = await locate(page, 11);
  expect(await colourAt(page, (between.x + next.x) / 2, (between.y + next.y) / 2)).not.toEqual(BLUE);
  // The kinds are told by their shapes: a rhomb leaves out what a disc fills on the diagonal, a patch is hollow.
  const disc = await locate(page, 45);
  expect(await colourAt(page, disc.x + 2.6, disc.y + 2.6)).toEqual(BLUE);
  await page.evaluate(() =>
    window.scatter.setPoints({
      ...window.square(2),
      kinds: new Uint8Array(100).fill(2).fill(4, 50),
      // A patch whose picture is known is drawn as that.
      thumbnail: () => undefined,
    }),
  );
  await settled(page);
  const [rhomb, patch] = [await locate(page, 45), await locate(page, 55)];
  expect(await colourAt(page, rhomb.x + 3.4, rhomb.y + 3.4)).not.toEqual(BLUE);
  expect(await colourAt(page, rhomb.x, rhomb.y)).toEqual(BLUE);
  expect(await colourAt(page, patch.x, patch.y)).toEqual([0xfb, 0xfb, 0xfa]);
  expect(await colourAt(page, patch.x + 2.5, patch.y)).toEqual(BLUE);
});

test("a click picks the point below it, and the empty map elsewhere", async ({ page }) => {
  await open(page);
  const spot = await locate(page, 37);
  await page.mouse.click(spot.x + 5, spot.y - 4);
  await page.waitForTimeout(400);
  await page.mouse.click(20, 300);
  await page.waitForTimeout(400);
  await page.keyboard.down("Shift");
  await page.mouse.click(spot.x, spot.y);
  await page.keyboard.up("Shift");
  expect(await heard(page, "pick")).toEqual([
    { index: 37, extend: false },
    { index: null, extend: false },
    { index: 37, extend: true },
  ]);
});

test("a click on a label picks its point", async ({ page }) => {
  await open(page);
  // At the edge of the square, with room for the label on its right.
  const spot = await locate(page, 49);
  await page.evaluate(() => window.scatter.setSelection([49]));
  await settled(page);
  // Farther from the dot than a click may miss it.
  await page.mouse.click(spot.x + 30, spot.y);
  expect(await heard(page, "pick")).toEqual([{ index: 49, extend: false }]);
});

test("hovering tells the point once, and that it was left", async ({ page }) => {
  await open(page);
  const spot = await locate(page, 12);
  await page.mouse.move(spot.x + 3, spot.y + 2);
  await expect.poll(async () => (await heard(page, "hover")).at(-1)?.index).toBe(12);
  await page.mouse.move(spot.x + 2, spot.y + 1);
  await page.mouse.move(10, 10);
  await expect.poll(async () => (await heard(page, "hover")).at(-1)?.index).toBe(null);
  expect((await heard(page, "hover")).map(({ index }) => index)).toEqual([12, null]);
});

test("a hovered point that is taken off the map below a resting pointer is told to be left", async ({
  page,
}) => {
  await open(page);
  const spot = await locate(page, 12);
  await page.mouse.move(spot.x + 1, spot.y);
  await expect.poll(async () => (await heard(page, "hover")).at(-1)?.index).toBe(12);
  await page.evaluate(() =>
    window.scatter.setPoints({
      count: 2,
      dimensions: 2,
      positions: new Float32Array([0, 0, 9, 9]),
      colours: new Uint8Array(2),
      kinds: new Uint8Array(2),
      key: (index) => ["another", "a third"][index],
    }),
  );
  await expect.poll(async () => (await heard(page, "hover")).at(-1)?.index).toBe(null);
  expect((await heard(page, "hover")).map(({ index }) => index)).toEqual([12, null]);
});

test("a drag moves the map by exactly its length", async ({ page }) => {
  await open(page);
  const before = await locate(page, 44);
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.mouse.move(340, 280, { steps: 5 });
  await page.mouse.move(390, 250, { steps: 5 });
  await page.mouse.up();
  await settled(page);
  const after = await locate(page, 44);
  expect(after.x - before.x).toBeCloseTo(90, 1);
  expect(after.y - before.y).toBeCloseTo(-50, 1);
  expect(await heard(page, "pick")).toEqual([]);
  expect((await heard(page, "view")).length).toBeGreaterThan(0);
});

test("the wheel zooms about the pointer", async ({ page }) => {
  await open(page);
  const before = await locate(page, 63);
  const zoom = await page.evaluate(() => window.scatter.view().zoom);
  await page.mouse.move(before.x, before.y);
  await page.mouse.wheel(0, -400);
  await settled(page);
  const after = await locate(page, 63);
  expect(after.x).toBeCloseTo(before.x, 0);
  expect(after.y).toBeCloseTo(before.y, 0);
  expect(await page.evaluate(() => window.scatter.view().zoom)).toBeCloseTo(zoom * Math.exp(0.8), 1);
});

test("a double click comes nearer, and fit shows all again", async ({ page }) => {
  await open(page);
  const zoom = await page.evaluate(() => window.scatter.view().zoom);
  await page.mouse.dblclick(200, 200);
  await settled(page);
  expect(await page.evaluate(() => window.scatter.view().zoom)).toBeCloseTo(zoom * 2, 1);
  await page.evaluate(() => window.scatter.fit());
  await settled(page);
  expect(await page.evaluate(() => window.scatter.view().zoom)).toBeCloseTo(zoom, 3);
});

test("the lasso encloses exactly the points inside", async ({ page }) => {
  await open(page);
  await page.evaluate(() => window.scatter.setTool("lasso"));
  const a = await locate(page, 22);
  const b = await locate(page, 44);
  const margin = 8;
  await page.mouse.move(a.x - margin, a.y + margin);
  await page.mouse.down();
  await page.mouse.move(b.x + margin, a.y + margin, { steps: 4 });
  await page.mouse.move(b.x + margin, b.y - margin, { steps: 4 });
  await page.mouse.move(a.x - margin, b.y - margin, { steps: 4 });
  await page.mouse.up();
  const [enclosed] = await heard(page, "enclose");
  expect(enclosed).toEqual({ indices: [22, 23, 24, 32, 33, 34, 42, 43, 44], extend: false });
});

test("a drag with shift encloses a box", async ({ page }) => {
  await open(page);
  const a = await locate(page, 0);
  const b = await locate(page, 11);
  await page.keyboard.down("Shift");
  await page.mouse.move(a.x - 10, a.y + 10);
  await page.mouse.down();
  await page.mouse.move(b.x + 10, b.y - 10, { steps: 6 });
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const [enclosed] = await heard(page, "enclose");
  expect(enclosed.indices).toEqual([0, 1, 10, 11]);
});

test("the box tool encloses with a plain drag, adds with shift, and Escape gives up", async ({ page }) => {
  await open(page);
  await page.evaluate(() => window.scatter.setTool("box"));
  const a = await locate(page, 0);
  const b = await locate(page, 11);
  const draw = async (finish: () => Promise<void>) => {
    await page.mouse.move(a.x - 10, a.y + 10);
    await page.mouse.down();
    await page.mouse.move(b.x + 10, b.y - 10, { steps: 6 });
    await finish();
    await page.mouse.up();
  };
  await draw(async () => {});
  await page.keyboard.down("Shift");
  await draw(async () => {});
  await page.keyboard.up("Shift");
  await draw(() => page.keyboard.press("Escape"));
  expect(await heard(page, "enclose")).toEqual([
    { indices: [0, 1, 10, 11], extend: false },
    { indices: [0, 1, 10, 11], extend: true },
  ]);
  expect(await heard(page, "pick")).toEqual([]);
});

test("a double click opens the point below it", async ({ page }) => {
  await open(page);
  const spot = await locate(page, 37);
  const before = await page.evaluate(() => window.scatter.view());
  await page.mouse.dblclick(spot.x, spot.y);
  await settled(page);
  expect(await heard(page, "open")).toEqual([{ index: 37 }]);
  expect(await page.evaluate(() => window.scatter.view())).toEqual(before);
});

test("colours and visibility change without moving anything", async ({ page }) => {
  await open(page);
  const [spot, gone] = [await locate(page, 45), await locate(page, 37)];
  await page.evaluate(() => {
    window.scatter.setColours(new Uint8Array(100).fill(1));
    window.scatter.setVisible(Uint8Array.from({ length: 100 }, (_, index) => (index === 37 ? 0 : 1)));
  });
  await expect.poll(() => colourAt(page, spot.x, spot.y)).toEqual([0xd9, 0x54, 0x2b]);
  expect(await colourAt(page, gone.x, gone.y)).toEqual([0xfb, 0xfb, 0xfa]);
  expect(await locate(page, 45)).toEqual(spot);
  expect(await page.evaluate(({ x, y }) => window.scatter.pick(x, y), gone)).toBeNull();
  expect(await page.evaluate(() => window.scatter.locate(37))).toBeNull();
  expect(await page.evaluate(() => window.scatter.get().counts)).toEqual({
    points: 100,
    visible: 99,
    selected: 0,
  });
  await page.evaluate(() => window.scatter.setVisible(null));
  await expect.poll(() => colourAt(page, gone.x, gone.y)).toEqual([0xd9, 0x54, 0x2b]);
  await expect(page.evaluate(() => window.scatter.setVisible(new Uint8Array(3)))).rejects.toThrow(
    "a mask of 3 entries for 100 points",
  );
});

test("what is taken down first has the pixels of what is drawn on the canvas itself", async ({ page }) => {
  await open(page);
  await page.evaluate(() => document.fonts.load('400 12px "Inter Variable"'));
  for (const offscreen of [false, true]) {
    const told = await page.evaluate((offscreen) => {
      const { pixelsOf } = window.scatterPage;
      return [1, 2, 3, 4].map((seed) => {
        const direct = pixelsOf(seed, false, offscreen);
        const recorded = pixelsOf(seed, true, offscreen);
        return {
          other: direct.filter((value, at) => value !== recorded[at]).length,
          drawn: direct.filter((value) => value > 0).length,
        };
      });
    }, offscreen);
    for (const { other, drawn } of told) {
      expect(drawn).toBeGreaterThan(10_000);
      expect(other).toBe(0);
    }
  }
});

test("regions have names that fade as one comes nearer, and pictures hold all of it", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    window.scatter.setRegions([
      { text: "lower half", x: 4.5, y: 2, weight: 50 },
      { text: "upper half", x: 4.5, y: 7, weight: 50, members: [70, 71, 78, 79] },
    ]);
    window.scatter.setSelection([44, 45]);
  });
  await settled(page);
  const legend = { title: "category", entries: [{ label: "R&D", colour: "#2f5bea" }] };
  const svg = async () =>
    page.evaluate(async (legend) => {
      const blob = await window.scatter.picture({ format: "svg", legend });
      return [blob.type, await blob.text()];
    }, legend);
  const [type, text] = await svg();
  expect(type).toBe("image/svg+xml");
  for (const part of ["lower half", "upper half", "point 44", "R&amp;D"])
    expect(text).toContain(`>${part}</text>`);
  // One dot each and one of the legend; the rings of the selection have no filling.
  expect(text.match(/<circle [^>]*fill="(#|rgb)/g)).toHaveLength(101);
  const sizes = await page.evaluate(async (text) => {
    const image = new Image();
    image.src = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    await image.decode();
    return [image.width, image.height];
  }, text);
  expect(sizes[0]).toBe(800);
  expect(sizes[1]).toBeGreaterThan(600);

  const spot = await locate(page, 0);
  const png = await page.evaluate(
    async ({ x, y, legend }) => {
      const { themes } = window.scatterPage;
      const read = async (options: Parameters<Scatter["picture"]>[0]) => {
        const bitmap = await createImageBitmap(await window.scatter.picture(options));
        const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        if (!context) throw new Error("no canvas");
        context.drawImage(bitmap, 0, 0);
        const scale = bitmap.width / 800;
        const at = (x: number, y: number) => [
          ...context.getImageData(Math.round(x * scale), Math.round(y * scale), 1, 1).data,
        ];
        return { width: bitmap.width, height: bitmap.height, dot: at(x, y), corner: at(2, 2) };
      };
      return {
        plain: await read({ format: "png", scale: 4 }),
        dark: await read({ format: "png", scale: 1, legend, theme: themes.dark }),
      };
    },
    { ...spot, legend },
  );
  expect(png.plain).toEqual({
    width: 3200,
    height: 2400,
    dot: [...BLUE, 255],
    corner: [0xfb, 0xfb, 0xfa, 255],
  });
  expect(png.dark).toMatchObject({
    width: 800,
    dot: [0x7c, 0x9c, 0xff, 255],
    corner: [0x13, 0x14, 0x17, 255],
  });
  expect(png.dark.height).toBeGreaterThan(600);
  expect(await colourAt(page, spot.x, spot.y)).toEqual(BLUE);
  expect(await colourAt(page, 2, 2)).toEqual([0xfb, 0xfb, 0xfa]);

  await page.evaluate(() => window.scatter.zoomBy(12));
  await settled(page);
  expect((await svg())[1]).not.toContain("half</text>");
});

test("the worker shows what a picture of the map holds, in the page's own font", async ({ page }) => {
  await open(page);
  await page.mouse.move(300, 300);
  await page.mouse.down();
  await page.mouse.move(340, 320, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(5, 5);
  await settled(page);
  const differing = async () => {
    const shot = (await page.screenshot()).toString("base64");
    return page.evaluate(async (shot) => {
      const read = async (blob: Blob) => {
        const context = new OffscreenCanvas(800, 600).getContext("2d");
        context?.drawImage(await createImageBitmap(blob), 0, 0);
        return context?.getImageData(0, 0, 800, 600).data ?? new Uint8ClampedArray();
      };
      const shown = await read(await (await fetch(`data:image/png;base64,${shot}`)).blob());
      const held = await read(await window.scatter.picture({ format: "png", scale: 1 }));
      let [ink, differ] = [0, 0];
      for (let at = 0; at < held.length; at += 4) {
        if (held[at] < 200) ink++;
        // Edges of letters may be smoothed in another way.
        if (Math.abs(held[at] - shown[at]) > 100) differ++;
      }
      return differ / ink;
    }, shot);
  };
  // Labels written in another font would differ in most of their pixels.
  await expect.poll(differing).toBeLessThan(0.02);
});

test("the minimap shows itself when not all is in view, and moves the view", async ({ page }) => {
  await open(page);
  await page.evaluate(() => window.scatter.setMinimap(true));
  await settled(page);
  const minimap = page.locator("[data-part=minimap]");
  await expect(minimap).toBeHidden();
  await page.evaluate(() => window.scatter.zoomBy(3));
  await settled(page);
  await expect(minimap).toBeVisible();
  const box = await minimap.boundingBox();
  if (!box) throw new Error("no minimap");
  const centre = () => page.evaluate(() => window.scatter.view().centre);
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await expect.poll(async () => (await centre())[0]).toBeCloseTo(4.5, 1);
  await page.mouse.move(box.x + box.width / 2 + 20, box.y + box.height / 2 - 20, { steps: 4 });
  await page.mouse.up();
  const [x, y] = await centre();
  expect(x).toBeGreaterThan(5.5);
  expect(y).toBeGreaterThan(5.5);
  expect(await heard(page, "pick")).toEqual([]);
  await page.setViewportSize({ width: 390, height: 600 });
  await expect(minimap).toBeHidden();
});

test("two fingers zoom and move the map", async ({ page }) => {
  await open(page);
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", spots: { x: number; y: number }[]) =>
    client.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: spots.map((spot, id) => ({ ...spot, id })),
    });
  const zoom = await page.evaluate(() => window.scatter.view().zoom);
  await touch("touchStart", [{ x: 350, y: 300 }]);
  await touch("touchStart", [
    { x: 350, y: 300 },
    { x: 450, y: 300 },
  ]);
  for (let step = 1; step <= 5; step++) {
    await touch("touchMove", [
      { x: 350 - step * 10, y: 300 },
      { x: 450 + step * 10, y: 300 },
    ]);
  }
  await touch("touchEnd", []);
  await settled(page);
  expect(await page.evaluate(() => window.scatter.view().zoom)).toBeCloseTo(zoom * 2, 0);

  const before = await locate(page, 44);
  await touch("touchStart", [{ x: 350, y: 300 }]);
  await touch("touchStart", [
    { x: 350, y: 300 },
    { x: 450, y: 300 },
  ]);
  for (let step = 1; step <= 5; step++) {
    await touch("touchMove", [
      { x: 350 + step * 8, y: 300 + step * 6 },
      { x: 450 + step * 8, y: 300 + step * 6 },
    ]);
  }
  await touch("touchEnd", []);
  await settled(page);
  const after = await locate(page, 44);
  expect(after.x - before.x).toBeCloseTo(40, 0);
  expect(after.y - before.y).toBeCloseTo(30, 0);
  expect(await page.evaluate(() => window.scatter.view().zoom)).toBeCloseTo(zoom * 2, 0);
  expect(await heard(page, "pick")).toEqual([]);
});

test("a map in space turns about its middle, and flattens again", async ({ page }) => {
  await open(page, { dimensions: 3 });
  const before = await locate(page, 0);
  // The point with the largest coordinates is nearest to the viewer: it goes with the pointer.
  const nearest = await locate(page, 99);
  const { centre } = await page.evaluate(() => window.scatter.view());
  await page.mouse.move(500, 300);
  await page.mouse.down();
  await page.mouse.move(620, 260, { steps: 6 });
  await page.mouse.up();
  await settled(page);
  const after = await locate(page, 0);
  expect((await locate(page, 99)).x).toBeGreaterThan(nearest.x + 10);
  expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeGreaterThan(30);
  const turned = await page.evaluate(() => window.scatter.view());
  turned.centre.forEach((value, axis) => {
    expect(value).toBeCloseTo(centre[axis], 5);
  });
  expect(await page.evaluate(({ x, y }) => window.scatter.pick(x, y), after)).toBe(0);
  expect(await colourAt(page, after.x, after.y)).not.toEqual([0xfb, 0xfb, 0xfa]);

  await page.evaluate(() => window.scatter.setPoints(window.square(2)));
  await settled(page);
  const [left, right] = [await locate(page, 0), await locate(page, 9)];
  expect(left.y).toBeCloseTo(right.y, 3);
  expect(await colourAt(page, right.x, right.y)).toEqual(BLUE);
});

test("points travel to new places, and at once where motion is unwanted", async ({ page }) => {
  await open(page);
  const moveAll = (travel: number) =>
    page.evaluate((travel) => {
      // Mirrored: point 0 goes where 9 was, and the bounds stay the same.
      const positions = new Float32Array(200);
      for (let index = 0; index < 100; index++) {
        positions[index * 2] = 9 - (index % 10);
        positions[index * 2 + 1] = Math.floor(index / 10);
      }
      window.scatter.setPositions(positions, travel);
    }, travel);
  const start = await locate(page, 0);
  const goal = await locate(page, 9);
  await moveAll(1500);
  await page.waitForTimeout(600);
  const midway = await locate(page, 0);
  expect(midway.x).toBeGreaterThan(start.x + 5);
  expect(midway.x).toBeLessThan(goal.x - 5);
  await settled(page);
  expect((await locate(page, 0)).x).toBeCloseTo(goal.x, 1);

  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await moveAll(1500);
  expect((await locate(page, 0)).x).toBeCloseTo(goal.x, 1);
});

test("images are drawn as pictures, and as dots when pictures are off", async ({ page }) => {
  await open(page, { images: true });
  const spot = await locate(page, 55);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  expect(await page.evaluate(({ x, y }) => window.scatter.pick(x + 9, y + 9), spot)).toBe(55);
  await page.evaluate(() => window.scatter.setThumbnails(false));
  await expect.poll(() => colourAt(page, spot.x, spot.y)).toEqual(BLUE);
  expect(await colourAt(page, spot.x + 8, spot.y)).not.toEqual([200, 20, 120]);
});

test("pictures have frames in their points' colours, on the map and in pictures of it", async ({ page }) => {
  await open(page, { images: true });
  const spot = await locate(page, 55);
  const reach = await page.evaluate(async () => {
    const svg = await (await window.scatter.picture({ format: "svg" })).text();
    return Number(svg.match(/<image [^>]*width="([\d.]+)"/)?.[1]) / 2;
  });
  // A frame lies from 1 to 3 px inside of the picture's edge: this is the left end of the pixel in its middle.
  const edge = { x: spot.x - reach + 1.5, y: spot.y };
  await page.evaluate(() => {
    window.scatter.setColours(new Uint8Array(100).fill(1, 50));
    window.scatter.setFrames(true);
  });
  const RED = [0xd9, 0x54, 0x2b];
  await expect.poll(() => colourAt(page, edge.x, edge.y)).toEqual(RED);
  expect(await colourAt(page, spot.x, spot.y)).toEqual([200, 20, 120]);
  const framesOf = async () =>
    page.evaluate(async () => {
      const svg = await (await window.scatter.picture({ format: "svg" })).text();
      return svg.match(/stroke="(#[0-9a-f]{6})" stroke-width="2" opacity="1"/g)?.length;
    });
  expect(await framesOf()).toBe(100);
  const inPng = await page.evaluate(async ({ x, y }) => {
    const png = await createImageBitmap(await window.scatter.picture({ format: "png", scale: 2 }));
    const context = new OffscreenCanvas(png.width, png.height).getContext("2d");
    context?.drawImage(png, 0, 0);
    return [...(context?.getImageData(Math.round(x * 2), Math.round(y * 2), 1, 1).data.slice(0, 3) ?? [])];
  }, edge);
  expect(inPng).toEqual(RED);
  // Dimmed as the picture is, gone with a point that is hidden, and then without frames.
  await page.evaluate(() => window.scatter.setEmphasis([0]));
  await expect.poll(async () => (await colourAt(page, edge.x, edge.y))[1]).toBeGreaterThan(180);
  await page.evaluate(() => {
    window.scatter.setEmphasis(null);
    window.scatter.setVisible(Uint8Array.from({ length: 100 }, (_, index) => (index === 55 ? 0 : 1)));
  });
  await expect.poll(() => colourAt(page, edge.x, edge.y)).not.toEqual(RED);
  expect(await framesOf()).toBe(99);
  await page.evaluate(() => {
    window.scatter.setVisible(null);
    window.scatter.setFrames(false);
  });
  // The picture, perhaps below its hairline.
  await expect.poll(async () => (await colourAt(page, edge.x, edge.y))[1]).toBeLessThan(30);
});

test("an idle map asks for no frames", async ({ page }) => {
  await open(page);
  await page.waitForTimeout(500);
  const frames = await page.evaluate(async () => {
    let asked = 0;
    const original = window.requestAnimationFrame;
    window.requestAnimationFrame = (callback) => {
      asked++;
      return original(callback);
    };
    await new Promise((resolve) => setTimeout(resolve, 700));
    window.requestAnimationFrame = original;
    return asked;
  });
  expect(frames).toBe(0);
});

const losses = async (page: Page) => (await heard(page, "context")).map(({ lost }) => lost);

test("a lost GPU context comes back with everything on it", async ({ page }) => {
  await allowHostility(page);
  await open(page, { images: true });
  const spot = await locate(page, 55);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  await hostile(page, "lose");
  await expect.poll(() => losses(page)).toEqual([true]);
  expect(await page.evaluate(() => window.scatter.get().lost)).toBe(true);
  const refusal = page.evaluate(() =>
    window.scatter.picture({ format: "png" }).catch((error: Error) => error.name),
  );
  expect(await refusal).toBe("DeviceLost");
  // What is set meanwhile is there when the context is.
  await page.evaluate(() => window.scatter.setVisible(new Uint8Array(100).fill(1).fill(0, 0, 10)));
  await hostile(page, "restore");
  await expect.poll(() => losses(page)).toEqual([true, false]);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  expect(await page.evaluate(() => window.scatter.get())).toMatchObject({
    lost: false,
    counts: { points: 100, visible: 90 },
  });
});

test("a painter that crashes or is ended is replaced, with everything on the map", async ({ page }) => {
  await allowHostility(page);
  await open(page, { images: true });
  const spot = await locate(page, 55);
  await page.evaluate(() => window.scatter.setTheme(window.scatterPage.themes.dark));
  for (const [times, wish] of (["crash", "end"] as const).entries()) {
    await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
    expect(await colourAt(page, 2, 20)).toEqual([0x13, 0x14, 0x17]);
    await hostile(page, wish);
    await expect.poll(() => losses(page)).toHaveLength(2 * times + 2);
    await settled(page);
  }
  expect(await losses(page)).toEqual([true, false, true, false]);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  expect(await locate(page, 55)).toEqual(spot);
  expect(await heard(page, "unavailable")).toEqual([]);
});

test("a painter that can't be loaded is asked for again, and then the page is told", async ({ page }) => {
  await page.route(/worker.*\.js$/, (route) => route.abort());
  problems.set(page, []);
  await page.goto(`${address}scatter.html`);
  await page.waitForFunction(() => "scatterPage" in window);
  const told = await page.evaluate(async () => {
    const container = document.getElementById("map") as HTMLElement;
    const scatter = window.scatterPage.createScatter(container, { theme: window.scatterPage.themes.light });
    const lost: boolean[] = [];
    scatter.on("context", (detail) => lost.push(detail.lost));
    const error = await new Promise<Error>((resolve) =>
      scatter.on("unavailable", (detail) => resolve(detail.error)),
    );
    return { name: error.name, lost };
  });
  expect(told).toEqual({ name: "WorkerCrashed", lost: [true] });
});

test("where workers can't draw the page does, and says the same", async ({ page }) => {
  await inEveryWorker(
    page,
    `const getContext = OffscreenCanvas.prototype.getContext;
     OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
       return kind === "webgl2" ? null : getContext.call(this, kind, ...rest);
     };`,
  );
  await open(page, { images: true });
  const spot = await locate(page, 55);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  const lose = () =>
    page.evaluateHandle(() => {
      const extension = document
        .querySelector("canvas")
        ?.getContext("webgl2")
        ?.getExtension("WEBGL_lose_context");
      extension?.loseContext();
      return extension;
    });
  const lost = await lose();
  await expect.poll(() => losses(page)).toEqual([true]);
  await lost.evaluate((extension) => extension?.restoreContext());
  await expect.poll(() => losses(page)).toEqual([true, false]);
  await expect.poll(() => colourAt(page, spot.x + 8, spot.y)).toEqual([200, 20, 120]);
  const size = await page.evaluate(async () => {
    const png = await window.scatter.picture({ format: "png", scale: 1 });
    window.scatter.dispose();
    const bitmap = await createImageBitmap(png);
    return [bitmap.width, bitmap.height, document.getElementById("map")?.childElementCount];
  });
  expect(size).toEqual([800, 600, 0]);
});

test("many points are found exactly, on the plane and in space, and their picture is one image", async ({
  page,
}) => {
  await open(page);
  const found = await page.evaluate(async () => {
    const count = 120_000;
    // A fixed sequence that looks random: the fractions of multiples of irrational numbers.
    const positions = new Float32Array(count * 3);
    for (let index = 0; index < count; index++) {
      positions[index * 3] = (index * 0.7548776662466927) % 1;
      positions[index * 3 + 1] = (index * 0.5698402909980532) % 1;
      positions[index * 3 + 2] = (index * 0.8191725133961645) % 1;
    }
    const flat = new Float32Array(count * 2);
    for (let index = 0; index < count; index++)
      flat.set(positions.subarray(index * 3, index * 3 + 2), index * 2);
    const cloud = { count, colours: new Uint8Array(count), kinds: new Uint8Array(count) };
    const { scatter } = window;
    /** How many of some points are picked where they are drawn; another one may lie on just that place. */
    const exact = () => {
      let right = 0;
      for (let index = 7; index < count; index += 4_001) {
        const spot = scatter.locate(index);
        const picked = spot && scatter.pick(spot.x, spot.y);
        const other = picked === null ? null : scatter.locate(picked);
        if (spot && other && Math.hypot(spot.x - other.x, spot.y - other.y) < 2.6) right++;
      }
      return right;
    };
    const rest = () => new Promise((resolve) => setTimeout(resolve, 1_500));
    scatter.setPoints({ ...cloud, dimensions: 2, positions: flat });
    scatter.fit(undefined, 0);
    const early = exact();
    // The pointer is answered in slices, or by a worker, while there is no index: never for long, and the same.
    const isHoverRight = async (index: number) => {
      const { x, y } = scatter.locate(index) ?? { x: 0, y: 0 };
      const root = document.querySelector("#map > div");
      const box = root?.getBoundingClientRect();
      const move = { clientX: (box?.x ?? 0) + x, clientY: (box?.y ?? 0) + y };
      const told = new Promise((resolve) => {
        const stop = scatter.on("hover", (hover) => {
          stop();
          resolve(hover.index);
        });
      });
      root?.dispatchEvent(new PointerEvent("pointermove", { ...move, pointerType: "mouse", bubbles: true }));
      const hovered = await told;
      return hovered !== null && hovered === scatter.pick(x, y);
    };
    const sliced = await isHoverRight(4_008);
    await rest();
    const late = exact();
    scatter.setPositions(flat.map((value) => 1 - value));
    const asked = await isHoverRight(9_011);
    const svg = await (await scatter.picture({ format: "svg" })).text();
    scatter.setPoints({ ...cloud, dimensions: 3, positions });
    await rest();
    const inSpace = exact();
    scatter.orbitBy(1, 0.3);
    const slowest = (() => {
      const times = Array.from({ length: 21 }, (_, at) => {
        const started = performance.now();
        scatter.pick(200 + at * 20, 300);
        return performance.now() - started;
      });
      return times.sort((a, b) => a - b)[10];
    })();
    return {
      early,
      sliced,
      late,
      asked,
      inSpace,
      turned: exact(),
      // The index serves every view: a pick after a turn costs as little as one before.
      quick: slowest < 4,
      images: svg.match(/<image /g)?.length,
      memory: scatter.get().memory,
    };
  });
  expect(found).toMatchObject({
    early: 30,
    sliced: true,
    late: 30,
    asked: true,
    inSpace: 30,
    turned: 30,
    quick: true,
    images: 1,
  });
  expect(found.memory.gpu / 120_000).toBeLessThan(33);

  // A lasso around the left half, drawn by hand, on the plane.
  await page.evaluate(() => {
    const count = 120_000;
    const positions = new Float32Array(count * 2);
    for (let index = 0; index < count; index++) {
      positions[index * 2] = (index * 0.7548776662466927) % 1;
      positions[index * 2 + 1] = (index * 0.5698402909980532) % 1;
    }
    window.scatter.setPoints({
      count,
      dimensions: 2,
      positions,
      colours: new Uint8Array(count),
      kinds: new Uint8Array(count),
    });
    window.scatter.fit(undefined, 0);
    window.scatter.setTool("lasso");
  });
  await settled(page);
  await page.mouse.move(5, 5);
  await page.mouse.down();
  for (const [x, y] of [
    [400, 5],
    [400, 595],
    [5, 595],
  ]) {
    await page.mouse.move(x, y, { steps: 3 });
  }
  await page.mouse.up();
  // So many points are looked through in slices.
  await expect.poll(async () => (await heard(page, "enclose")).length).toBe(1);
  const half = await page.evaluate(() => {
    const { indices } = window.heard.enclose[0];
    const wrong = indices.filter((index) => (window.scatter.locate(index)?.x ?? 999) > 400.01).length;
    return { count: indices.length, wrong };
  });
  expect(half.wrong).toBe(0);
  expect(half.count).toBeGreaterThan(59_000);
  expect(half.count).toBeLessThan(61_000);
});

test("where there is room no label covers a dot, and no region's name the selected label", async ({
  page,
}) => {
  await open(page);
  await page.evaluate(() => {
    const count = 300;
    window.scatter.setPoints({
      count,
      dimensions: 2,
      positions: window.scatterPage.spread(count),
      colours: new Uint8Array(count),
      kinds: new Uint8Array(count),
      label: (index) => `word ${index}`,
    });
    window.scatter.setSelection([150]);
    window.scatter.fit(undefined, 0);
  });
  await settled(page);
  // A name right where the selected point has its label.
  const labelled = await page.evaluate(async () => {
    const svg = await (await window.scatter.picture({ format: "svg" })).text();
    const [, x, y] = svg.match(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>word 150</)?.map(Number) ?? [];
    return { x, y };
  });
  const [x, y, nextX] = await page.evaluate(() => [...window.scatterPage.spread(152).slice(300, 303)]);
  const selected = await locate(page, 150);
  const beside = await locate(page, 151);
  // World units a CSS pixel, from two points whose places are known.
  const perPixel = (nextX - x) / (beside.x - selected.x);
  await page.evaluate((region) => window.scatter.setRegions([region]), {
    text: "name of a region",
    x: x + (labelled.x - selected.x + 20) * perPixel,
    y: y - (labelled.y - selected.y) * perPixel,
    weight: 1,
  });
  await settled(page);
  const told = await page.evaluate(async () => {
    const svg = await (await window.scatter.picture({ format: "svg" })).text();
    const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
    document.body.append(drawn);
    const boxes = [...drawn.querySelectorAll("text")].map((text) => ({
      text: text.textContent ?? "",
      box: (text as SVGGraphicsElement).getBBox(),
    }));
    drawn.remove();
    const dots = Array.from({ length: 300 }, (_, index) => window.scatter.locate(index));
    const covers = ({ x, y, width, height }: DOMRect, dot: { x: number; y: number } | null) =>
      dot && dot.x > x && dot.x < x + width && dot.y > y && dot.y < y + height;
    const overlap = (a: DOMRect, b: DOMRect) =>
      a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
    const boxOf = (name: string) => boxes.find(({ text }) => text === name)?.box;
    const [chosen, region] = [boxOf("word 150"), boxOf("name of a region")];
    return {
      labels: boxes.filter(({ text }) => text.startsWith("word")).length,
      covering: boxes
        .filter(({ text }) => text.startsWith("word") && text !== "word 150")
        .filter(({ box }) => dots.some((dot) => covers(box, dot)))
        .map(({ text }) => text),
      apart: chosen && region && !overlap(chosen, region),
    };
  });
  expect(told.labels).toBeGreaterThan(40);
  expect(told.covering).toEqual([]);
  expect(told.apart).toBe(true);
});

test("a view that all points have left is told, and so is one that a point comes back to", async ({
  page,
}) => {
  await open(page);
  await page.evaluate(() => window.scatter.panBy(2_000, 0));
  await settled(page);
  await expect.poll(() => heard(page, "inView")).toEqual([{ any: false }]);
  await page.evaluate(() => window.scatter.fit(undefined, 0));
  await settled(page);
  await expect.poll(() => heard(page, "inView")).toEqual([{ any: false }, { any: true }]);
});

test("labels and names of regions keep off what the page lays over the map", async ({ page }) => {
  await open(page);
  const covered = { left: 250, top: 150, right: 550, bottom: 450 };
  const written = () =>
    page.evaluate(async (covered) => {
      const svg = await (await window.scatter.picture({ format: "svg" })).text();
      const drawn = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
      document.body.append(drawn);
      const texts = [...drawn.querySelectorAll("text")].map((text) => ({
        text: text.textContent ?? "",
        box: text.getBBox(),
      }));
      drawn.remove();
      // The box of a text is higher than its letters.
      const isBelow = ({ x, y, width, height }: DOMRect) =>
        x < covered.right &&
        x + width > covered.left &&
        y + 3 < covered.bottom &&
        y + height - 3 > covered.top;
      return {
        below: texts.filter(({ box }) => isBelow(box)).map(({ text }) => text),
        beside: texts.filter(({ box }) => !isBelow(box)).length,
      };
    }, covered);
  await page.evaluate(() => window.scatter.setRegions([{ text: "the middle", x: 4.5, y: 4.5, weight: 1 }]));
  await settled(page);
  const free = await written();
  expect(free.below).toContain("the middle");
  await page.evaluate((covered) => window.scatter.setCovered([covered]), covered);
  await settled(page);
  const after = await written();
  expect(after.below).toEqual([]);
  expect(after.beside).toBeGreaterThanOrEqual(free.beside);
});

test("what is said of many points right after they are handed over is true of them", async ({ page }) => {
  await open(page);
  const told = await page.evaluate(async () => {
    const { scatter } = window;
    const count = 60_000;
    const many = (shift: number) => ({
      count,
      dimensions: 2 as const,
      positions: Float32Array.from(
        { length: count * 2 },
        (_, at) => ((at * 7919) % 1_000_003) / 1_000_003 + shift,
      ),
      colours: new Uint8Array(count),
      kinds: new Uint8Array(count),
      key: (index: number) => `many ${index}`,
    });
    const nextTask = () => new Promise((resolve) => setTimeout(resolve));
    const found = [];
    // The last of several handed over at once.
    scatter.setPoints(many(50));
    scatter.setPoints({ ...many(0), count: count - 1 });
    scatter.setPoints(many(0));
    found.push(scatter.get().counts.points);
    // Marks and a mask that are set while the points are being taken in.
    scatter.setPoints(many(1));
    scatter.setSelection([count - 1, 3]);
    const mask = new Uint8Array(count).fill(1, 0, 40_000);
    scatter.setVisible(mask);
    mask.fill(0);
    await nextTask();
    scatter.setHover(5);
    const { counts, selection, hovered } = scatter.get();
    found.push(counts.visible, ...selection, hovered);
    // What waits for them goes by itself, too.
    scatter.setVisible(null);
    scatter.setPoints(many(2));
    scatter.setSelection([7]);
    scatter.fit([7], 0);
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const spot = scatter.locate(7);
    found.push(spot && scatter.pick(spot.x, spot.y), scatter.view().centre[0] > 1.9);
    let refused = "";
    scatter.setPoints(many(0));
    try {
      scatter.setVisible(new Uint8Array(count - 1));
    } catch (error) {
      refused = (error as Error).name;
    }
    return [...found, refused, scatter.get().selection[0]];
  });
  expect(told).toEqual([60_000, 40_000, 59_999, 3, 5, 7, true, "RangeError", 7]);
});

test("labels keep their place while the map is panned, and more appear as one comes nearer", async ({
  browser,
}) => {
  const context = await browser.newContext({ deviceScaleFactor: 2, viewport: { width: 800, height: 600 } });
  const page = await context.newPage();
  await open(page);
  await page.evaluate(() => {
    const count = 3_000;
    window.scatter.setPoints({
      count,
      dimensions: 2,
      positions: window.scatterPage.spread(count),
      colours: new Uint8Array(count),
      kinds: new Uint8Array(count),
      importance: Float32Array.from({ length: count }, (_, index) => (index === 1234 ? 1 : 0)),
      label: (index) => `word ${index}`,
    });
    window.scatter.fit(undefined, 0);
  });
  await settled(page);
  const labels = async () =>
    new Map(
      await page.evaluate(async () => {
        const svg = await (await window.scatter.picture({ format: "svg" })).text();
        return [...svg.matchAll(/<text x="([\d.-]+)" y="([\d.-]+)"[^>]*>(word \d+)</g)].map(
          ([, x, y, text]) => [text, { x: Number(x), y: Number(y) }] as const,
        );
      }),
    );
  const before = await labels();
  expect(before.size).toBeGreaterThan(10);
  expect([...before.keys()]).toContain("word 1234");
  // Not by hand: a point below the pointer would have a label of its own, and others would make room.
  await page.evaluate(async () => {
    for (let step = 0; step < 10; step++) {
      window.scatter.panBy(3, -2);
      await new Promise(requestAnimationFrame);
    }
  });
  await settled(page);
  const panned = await labels();
  let kept = 0;
  for (const [text, { x, y }] of before) {
    if (x < 20 || x > 640 || y < 60 || y > 560) continue;
    expect(panned.get(text)?.x, text).toBeCloseTo(x + 30, 0);
    expect(panned.get(text)?.y, text).toBeCloseTo(y - 20, 0);
    kept++;
  }
  expect(kept).toBeGreaterThan(5);
  const share = (size: number, zoom: number) => size / (3_000 / zoom ** 2);
  await page.evaluate(() => window.scatter.zoomBy(4));
  await settled(page);
  expect(share((await labels()).size, 4)).toBeGreaterThan(2 * share(before.size, 1));
  const sharpness = await page.evaluate(() =>
    [...document.querySelectorAll("#map canvas")]
      .slice(0, 2)
      .map((canvas) => (canvas as HTMLCanvasElement).width),
  );
  expect(sharpness).toEqual([1600, 1600]);
  await context.close();
});

test("without WebGL 2 the page is told by name", async ({ page }) => {
  const refuse = (canvas: string) => `{
    const getContext = ${canvas}.prototype.getContext;
    ${canvas}.prototype.getContext = function (kind, ...rest) {
      return kind === "webgl2" ? null : getContext.call(this, kind, ...rest);
    };
  }`;
  await inEveryWorker(page, refuse("OffscreenCanvas"));
  await page.addInitScript(refuse("HTMLCanvasElement"));
  await page.goto(`${address}scatter.html`);
  await page.waitForFunction(() => "scatterPage" in window);
  const error = await page.evaluate(async () => {
    const container = document.getElementById("map") as HTMLElement;
    const scatter = window.scatterPage.createScatter(container, { theme: window.scatterPage.themes.light });
    const { error } = await new Promise<ScatterEvents["unavailable"]>((resolve) =>
      scatter.on("unavailable", resolve),
    );
    const { lost } = scatter.get();
    scatter.dispose();
    return { name: error.name, advice: error.advice, lost, left: container.childElementCount };
  });
  expect(error).toMatchObject({ name: "DeviceUnavailable", lost: true, left: 0 });
  expect(error.advice).toContain("WebGL");
});

test("dispose leaves nothing behind", async ({ page }) => {
  await open(page);
  const left = await page.evaluate(() => {
    window.scatter.dispose();
    return document.getElementById("map")?.childElementCount;
  });
  expect(left).toBe(0);
});
