import type { Page } from "@playwright/test";
import { openPage, status } from "./support/page";
import { expect, test } from "./support/test";

/** Makes the page remember the worker that lays out, so that a test can end it as the system would. */
async function watchWorkers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Real = window.Worker;
    window.Worker = class extends Real {
      constructor(...input: ConstructorParameters<typeof Worker>) {
        super(...input);
        this.addEventListener("message", ({ data }) => {
          if (data?.progress?.stage) Object.assign(window, { projectionWorker: this });
        });
      }
    };
  });
}

/** Adds rows of 384 numbers, enough for every stage to be seen. */
function addRows(page: Page, rows: number): Promise<number> {
  return page.evaluate(async (rows) => {
    const dimension = 384;
    const vectors = Float32Array.from(
      { length: rows * dimension },
      (_, at) => Math.sin(at * at) + (at % 5 === Math.floor(at / dimension) % 5 ? 1 : 0),
    );
    const labels = Array.from({ length: rows }, (_, row) => `row ${row}`);
    return (await window.playground.addVectors({ labels, vectors, dimension })).length;
  }, rows);
}

/** Does something to the layout under way when its progress is at `percent` or above; says what became of the layout. */
function projectUntil(page: Page, percent: number, what: "stop" | "kill" | "again", metric: string) {
  return page.evaluate(
    async ([percent, what, metric]) => {
      const line = document.querySelector("[role=status]");
      const options = { metric: metric as "cosine", epochs: 100 };
      let second: Promise<unknown> | undefined;
      const act = new MutationObserver(() => {
        const at = /(\d+) %/.exec(line?.textContent ?? "");
        if (!at || Number(at[1]) < percent) return;
        act.disconnect();
        if (what === "stop") window.playground.stop();
        if (what === "kill") (window as unknown as { projectionWorker: Worker }).projectionWorker.terminate();
        if (what === "again") second = window.playground.project({ ...options, seed: 7 });
      });
      act.observe(line as Element, { childList: true, characterData: true, subtree: true });
      const name = await window.playground.project(options).then(
        () => "done",
        (error: Error) => error.name,
      );
      act.disconnect();
      await second;
      return name;
    },
    [percent, what, metric] as const,
  );
}

test("a layout can be stopped at every stage, paused, run twice at once, and outlives its worker", async ({
  page,
}) => {
  await watchWorkers(page);
  await openPage(page, "?words=football");
  expect(await addRows(page, 2000)).toBe(2000);

  // By Euclidean distance the neighbours are not known yet: the first stop is in their search, each later one further on.
  for (const percent of [1, 35, 50, 90]) {
    expect(await projectUntil(page, percent, "stop", "euclidean"), `${percent} %`).toBe("Cancelled");
    await expect(status(page)).toHaveText("The layout was stopped before its end.");
    await expect(page.getByRole("toolbar", { name: "Layout" })).toContainText("Layout stopped");
  }
  await page.getByRole("button", { name: "Lay out again" }).click();
  await expect(status(page)).toHaveText(/^Ready/);

  // A second run takes the first one's place; who waits for the first gets the map that stands in the end.
  expect(await projectUntil(page, 45, "again", "euclidean")).toBe("done");
  await expect(status(page)).toHaveText(/^Ready/);

  // Paused by its key, it stands still; it goes on, and the map is what it would have been.
  const undisturbed = page.evaluate(async () => {
    const { positions } = await window.playground.project({ seed: 3, epochs: 800 });
    return Array.from(positions);
  });
  await expect(status(page)).toHaveText(/Laying out/);
  await page.locator("canvas").first().focus();
  await page.keyboard.press("p");
  await expect(status(page)).toHaveText(/^The layout is paused at \d+ %\.$/);
  // The step under way is still finished.
  await page.waitForTimeout(500);
  const paused = await status(page).textContent();
  await page.waitForTimeout(300);
  expect(await status(page).textContent()).toBe(paused);
  await page.getByRole("button", { name: "Resume" }).click();
  const again = await page.evaluate(async () => {
    const { positions } = await window.playground.project({ seed: 3, epochs: 800 });
    return Array.from(positions);
  });
  expect(again).toEqual(await undisturbed);

  // A worker that is killed says so, and the next layout has a fresh one.
  expect(await projectUntil(page, 45, "kill", "euclidean")).toBe("WorkerCrashed");
  await expect(status(page)).toHaveText(/^The layout failed/);
  await page.getByRole("alert").getByRole("button", { name: "Lay out again" }).click();
  await expect(status(page)).toHaveText(/^Ready/);
});

test("few, equal, long, short and broken vectors each end in a clear state", async ({ page }) => {
  await openPage(page, "?words=football");
  const results = await page.evaluate(async () => {
    const { playground } = window;
    const cases: [
      name: string,
      rows: number,
      dimension: number,
      value: (row: number, at: number) => number,
    ][] = [
      ["one", 1, 8, (_, at) => at + 1],
      ["two", 2, 8, (row, at) => row + at],
      ["three", 3, 8, (row, at) => Math.sin(row * 8 + at)],
      ["equal", 40, 8, () => 0.25],
      ["zero", 40, 8, () => 0],
      ["dimension 1", 40, 1, (row) => row - 20],
      ["dimension 4096", 30, 4096, (row, at) => Math.sin(row * 4096 + at * at)],
      ["NaN row", 20, 8, (row, at) => (row === 5 ? Number.NaN : Math.sin(row * 8 + at))],
    ];
    const seen = [];
    for (const [name, rows, dimension, value] of cases) {
      playground.clear();
      const vectors = Float32Array.from({ length: rows * dimension }, (_, at) =>
        value(Math.floor(at / dimension), at % dimension),
      );
      const labels = Array.from({ length: rows }, (_, row) => `${name} ${row}`);
      const added = await playground.addVectors({ labels, vectors, dimension });
      // More neighbours than there are items.
      const { positions } = await playground.project({ neighbours: 200, epochs: 50 });
      const standing = playground.items().filter(({ position }) => position?.every(Number.isFinite)).length;
      seen.push([name, added.length, added.failures.length, positions.length, standing]);
    }
    return seen;
  });
  expect(results).toEqual([
    ["one", 1, 0, 2, 1],
    ["two", 2, 0, 4, 2],
    ["three", 3, 0, 6, 3],
    ["equal", 40, 0, 80, 40],
    ["zero", 40, 0, 80, 40],
    ["dimension 1", 40, 0, 80, 40],
    ["dimension 4096", 30, 0, 60, 30],
    ["NaN row", 19, 1, 38, 19],
  ]);
});
