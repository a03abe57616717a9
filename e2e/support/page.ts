import type { Page } from "@playwright/test";
import { expect } from "./test";

/** Opens the page, `query` such as "?words=a,b", and waits until its default text encoder can be used. */
export async function openPage(page: Page, query = ""): Promise<void> {
  await page.goto(`./${query}`);
  await page.waitForFunction(() => "playground" in window);
  await page.evaluate(() => window.playground.ready);
}

/** Opens the page with nothing on the map. */
export async function openEmpty(page: Page): Promise<void> {
  await openPage(page);
  await page.evaluate(() => window.playground.clear());
  await expect.poll(() => labels(page)).toEqual([]);
}

/** Labels of the items that stand on the map, in the order in which they were added. */
export function labels(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.playground
      .items()
      .filter(({ position }) => position !== null)
      .map(({ label }) => label),
  );
}

/** Waits until exactly these labels, or this many items, stand on the map. */
export async function expectOnMap(page: Page, expected: readonly string[] | number): Promise<void> {
  if (typeof expected === "number") await expect.poll(async () => (await labels(page)).length).toBe(expected);
  else await expect.poll(() => labels(page)).toEqual(expected);
}

/** Adds texts through the scripting interface and gives back their vectors in a space (default: the space shown). */
export async function encodeTexts(page: Page, texts: readonly string[], space?: string): Promise<number[][]> {
  return page.evaluate(
    async ([texts, space]) => {
      const items = await window.playground.add(texts);
      if (items.failures.length > 0) throw new Error(JSON.stringify(items.failures));
      return items.map(({ id }) => Array.from(window.playground.vector(id, space)));
    },
    [texts, space] as const,
  );
}

/** Cosine of two vectors of one length. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    ab += a[i] * b[i];
    aa += a[i] * a[i];
    bb += b[i] * b[i];
  }
  return ab / Math.sqrt(aa * bb);
}

/** Chooses an option of one of the page's comboboxes, as a user would. */
export async function choose(page: Page, combobox: string, option: RegExp | string): Promise<void> {
  await page.getByRole("combobox", { name: combobox, exact: true }).click();
  await page.getByRole("option", { name: option }).click();
}

/** The one line that always says what is going on. */
export function status(page: Page) {
  return page.getByRole("status").first();
}

/** Opens the list of what went wrong and waits for a row about this input with this error's name. */
export async function expectProblem(page: Page, input: string, name: RegExp): Promise<void> {
  const panel = page.getByRole("dialog", { name: "Problems" });
  if (!(await panel.isVisible())) await page.getByRole("button", { name: /^\d+ (problem|note)/i }).click();
  await expect(
    panel.getByRole("listitem").filter({ hasText: input }).filter({ hasText: name }).first(),
  ).toBeVisible();
}
