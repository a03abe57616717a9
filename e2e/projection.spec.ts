import type { Page } from "@playwright/test";
import { expectOnMap, openPage, status } from "./support/page";
import { expect, test } from "./support/test";

/** Three groups of points on their own directions of a 12-dimensional space, with a known spread. */
async function addGroups(page: Page, rows: number): Promise<void> {
  await page.evaluate(async (count) => {
    window.playground.clear();
    const dimension = 12;
    const vectors = new Float32Array(count * dimension);
    let state = 7;
    const random = () => {
      state = (state * 48271) % 2147483647;
      return state / 2147483647 - 0.5;
    };
    for (let row = 0; row < count; row++) {
      for (let axis = 0; axis < dimension; axis++) vectors[row * dimension + axis] = 0.2 * random();
      vectors[row * dimension + (row % 3)] += 1;
    }
    const labels = Array.from({ length: count }, (_, row) => `row ${row}`);
    const group = labels.map((_, row) => ["a", "b", "c"][row % 3]);
    await window.playground.addVectors({ labels, vectors, dimension, columns: { group } });
  }, rows);
}

test.describe("projections", () => {
  test.beforeEach(async ({ page }) => openPage(page, "?words=football"));

  test("ready vectors are a space of their own, ranked exactly", async ({ page }) => {
    await addGroups(page, 60);
    const seen = await page.evaluate(async () => {
      const { playground } = window;
      const items = playground.items();
      const vectors = items.map(({ id }) => playground.vector(id));
      const cosine = (a: Float32Array, b: Float32Array) => {
        let [dot, aa, bb] = [0, 0, 0];
        a.forEach((value, i) => {
          dot += value * b[i];
          aa += value * value;
          bb += b[i] * b[i];
        });
        return dot / Math.sqrt(aa * bb);
      };
      const expected = items
        .map((item, row) => ({ label: item.label, similarity: cosine(vectors[0], vectors[row]) }))
        .slice(1)
        .sort((a, b) => b.similarity - a.similarity)
        .slice(0, 5);
      const found = await playground.neighbours(items[0].id, { k: 5 });
      return {
        expected,
        found: found.map(({ label, similarity }) => ({ label, similarity })),
        kinds: [...new Set(items.map(({ kind }) => kind))],
        placed: items.every(({ position }) => position?.length === 2),
        space: playground.spaces().find(({ id }) => id === playground.space()),
      };
    });
    expect(seen.kinds).toEqual(["row"]);
    expect(seen.placed).toBe(true);
    expect(seen.space).toMatchObject({ dimension: 12, size: 60, modalities: ["row"] });
    expect(seen.found.map(({ label }) => label)).toEqual(seen.expected.map(({ label }) => label));
    seen.found.forEach(({ similarity }, at) => {
      expect(similarity).toBeCloseTo(seen.expected[at].similarity, 5);
    });
  });

  test("a row of NaN fails by name, the others stand; wrong lengths are refused", async ({ page }) => {
    const result = await page.evaluate(async () => {
      const labels = ["good", "bad", "fine"];
      const vectors = Float32Array.of(1, 0, Number.NaN, 0, 0, 1);
      const added = await window.playground.addVectors({ labels, vectors, dimension: 2 });
      const refused = await window.playground
        .addVectors({ labels, vectors, dimension: 3 })
        .catch((error: Error) => error.name);
      return { standing: added.map(({ label }) => label), failures: added.failures, refused };
    });
    expect(result.standing).toEqual(["good", "fine"]);
    expect(result.failures).toMatchObject([{ input: "bad", error: { name: "InvalidVectors" } }]);
    expect(result.refused).toBe("InvalidVectors");
  });

  test("every method parts three groups, the same way for the same seed", async ({ page }) => {
    await addGroups(page, 90);
    for (const method of ["umap", "umap-js", "tsne", "pca", "lda"] as const) {
      const { first, second, trustworthiness } = await page.evaluate(async (chosen) => {
        const options = { method: chosen, seed: 5, epochs: 200 };
        const one = await window.playground.project(options);
        const other = await window.playground.project(options);
        return {
          first: Array.from(one.positions),
          second: Array.from(other.positions),
          trustworthiness: one.trustworthiness,
        };
      }, method);
      expect(second, method).toEqual(first);
      expect(trustworthiness, method).toBeGreaterThan(method === "pca" || method === "lda" ? 0.6 : 0.8);
      const gap = (a: number, b: number) =>
        Math.hypot(first[2 * a] - first[2 * b], first[2 * a + 1] - first[2 * b + 1]);
      let same = 0;
      let other = 0;
      for (let a = 0; a < 90; a++) {
        for (let b = 0; b < a; b++) {
          if (a % 3 === b % 3) same += gap(a, b) / (3 * 435);
          else other += gap(a, b) / (3 * 900);
        }
      }
      expect(other, method).toBeGreaterThan(2 * same);
    }
  });

  test("the map is the same with threads that share memory and without", async ({ page }) => {
    /** As many rows as take three threads' blocks. */
    const layOut = async () => {
      await addGroups(page, 4000);
      return page.evaluate(async () => {
        const { positions } = await window.playground.project({ seed: 3, epochs: 60 });
        return { isIsolated: crossOriginIsolated, positions: Array.from(positions) };
      });
    };
    const shared = await layOut();
    expect(shared.isIsolated).toBe(true);
    // A server that sends no such header leaves its page without shared memory.
    await page.route(/\/(\?.*)?$/, async (route) => {
      const response = await route.fetch();
      const headers = { ...response.headers() };
      delete headers["cross-origin-opener-policy"];
      delete headers["cross-origin-embedder-policy"];
      await route.fulfill({ response, headers });
    });
    await openPage(page, "?words=football&again");
    const alone = await layOut();
    expect(alone.isIsolated).toBe(false);
    expect(alone.positions).toEqual(shared.positions);
  });

  test("a word that is added leaves the others exactly where they stand", async ({ page }) => {
    await openPage(page, "?sample=article");
    await expectOnMap(page, 45);
    await expect(status(page)).toHaveText(/^Ready/);
    const before = await page.evaluate(() => window.playground.items());
    await page.evaluate(() => window.playground.add(["volleyball"]));
    const after = await page.evaluate(() => window.playground.items());
    expect(after).toHaveLength(46);
    expect(after.slice(0, 45).map(({ position }) => position)).toEqual(
      before.map(({ position }) => position),
    );
    expect(after[45].position).not.toBeNull();
  });
});
