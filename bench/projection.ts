import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { root } from "../scripts/setup.mjs";
import { type BenchContext, median } from "./context";
import { watchMemory } from "./memory";
import { watchMillion, watchPage } from "./page-tasks";
import type { bench } from "./pages/projection";
import { wordnetVectors } from "./wordnet";

type Bench = typeof bench;

/** What umap-learn makes of the same data, by recipes/umap_reference.py. */
type Reference = Record<string, { trustworthiness: number; preservation: number }>;

const read = (name: string) => JSON.parse(readFileSync(join(root, "bench", "reference", name), "utf8"));

const vectorBytes = (rows: number) => rows * 384 * 4;

/** Ours is run this often and the middle one counts; the peers, which take minutes, once. */
const rounds = 3;

/** A whole layout, vectors in, positions out, 500 rounds, beside the peers; quality beside umap-learn's; growth; adding. */
export async function run(context: BenchContext): Promise<void> {
  const { file } = await wordnetVectors(context, 10_000);
  const reference: Reference = read("umap-learn.json");
  const address = await context.page("projection");
  /** Calls a function of a fresh page, so that no run finds what another left behind. */
  const call = async <Name extends keyof Bench>(name: Name, ...input: Parameters<Bench[Name]>) => {
    const page = await open(context, address, file);
    if (name === "ours") await evaluate(page, "prepare", [input[0]]);
    const memory = await watchMemory(context.browser);
    const value = await evaluate(page, name, input);
    const bytes = await memory.stop();
    await page.close();
    return { value: value as Awaited<ReturnType<Bench[Name]>>, bytes };
  };

  for (const rows of [1000, 5000, 10_000]) {
    const title = `UMAP, ${rows.toLocaleString("en")} × 384`;
    const runs = [];
    for (let round = 0; round < rounds; round++) runs.push((await call("ours", rows)).value);
    const [ours] = runs.toSorted((a, b) => a.milliseconds - b.milliseconds).slice(rounds >> 1);
    const { value: atlas } = await call("embeddingAtlas", rows);
    const { value: umapJs } = await call("umapJs", rows, 500);
    const { value: shorter } = await call("umapJs", rows);
    const peers = { "embedding-atlas": atlas, "umap-js": umapJs, "umap-js, its default rounds": shorter };
    const of = (pick: (peer: typeof atlas) => number) =>
      Object.fromEntries(Object.entries(peers).map(([name, peer]) => [name, pick(peer)]));
    context.say(`${title}: ${stages(ours.stages)}`);
    context.report({
      case: title,
      metric: "milliseconds",
      better: "lower",
      ours: ours.stands,
      peers: of(({ milliseconds }) => milliseconds),
      // Five times as fast as either, at the same number of rounds.
      ...(rows >= 5000 ? { target: Math.min(atlas.milliseconds, umapJs.milliseconds) / 5 } : {}),
    });
    // No peer measures its map.
    const measured = "milliseconds, the map's measuring included";
    context.report({ case: title, metric: measured, better: "lower", ours: ours.milliseconds });
    context.report({
      case: title,
      metric: "milliseconds, longest pause of the page",
      better: "lower",
      ours: ours.longestPause,
      peers: of(({ longestPause }) => longestPause),
      target: 50,
    });
    const learned = reference[`wordnet ${rows}`];
    for (const [metric, slack] of [
      ["trustworthiness", 0.005],
      ["preservation", 0.02],
    ] as const) {
      context.report({
        case: title,
        metric,
        better: "higher",
        ours: ours[metric] ?? Number.NaN,
        peers: { ...of((peer) => peer[metric]), "umap-learn": learned[metric] },
        target: learned[metric] - slack,
      });
    }
  }

  for (const rows of [1000, 5000, 10_000, 20_000, 50_000]) {
    const { value: grown, bytes } = await call("ours", rows, { epochs: undefined }, false);
    const title = `UMAP with its defaults, ${rows.toLocaleString("en")} × 384`;
    context.say(`${title}: ${stages(grown.stages)}`);
    context.report({ case: title, metric: "milliseconds", better: "lower", ours: grown.stands });
    const measured = "milliseconds, the map's measuring included";
    context.report({ case: title, metric: measured, better: "lower", ours: grown.milliseconds });
    const longest = "milliseconds, longest pause of the page";
    context.report({ case: title, metric: longest, better: "lower", ours: grown.longestPause, target: 50 });
    if (bytes !== undefined) {
      const metric = "memory at the peak beside the page's vectors, in times these";
      context.report({ case: title, metric, better: "lower", ours: bytes / vectorBytes(rows), target: 3 });
    }
  }

  for (const rows of [20_000, 50_000]) await watchPage(context, file, rows);
  await watchMillion(context);

  const { value: found } = await call("recall", 10_000);
  context.report({
    case: "NN-descent, 10,000 × 384",
    metric: "recall",
    better: "higher",
    ours: found,
    target: 0.95,
  });

  const { value: added } = await call("add", 10_000, 15);
  const adding = { case: "one word added to 10,000", better: "lower" } as const;
  context.report({
    ...adding,
    metric: "milliseconds until on the map",
    ours: median(added.shown),
    target: 100,
  });
  context.report({ ...adding, metric: "milliseconds until its trust is known", ours: median(added.done) });

  const { rows, dimension, pixels, labels } = read("digits.json");
  const page = await open(context, address, file);
  const judged = (await evaluate(page, "digits", [rows, dimension, pixels, labels])) as Reference[string];
  await page.locator("canvas").screenshot({ path: join(root, ".cache", "digits.png") });
  await page.close();
  context.say("scikit-learn's digits are drawn in .cache/digits.png");
  context.report({
    case: "UMAP, scikit-learn's digits",
    metric: "trustworthiness",
    better: "higher",
    ours: judged.trustworthiness,
    peers: { "umap-learn": reference.digits.trustworthiness },
    target: reference.digits.trustworthiness - 0.005,
  });
}

async function open(context: BenchContext, address: string, file: string): Promise<Page> {
  const page = await context.open(address);
  await page.route("**/wordnet.f32", (route) =>
    route.fulfill({ path: file, contentType: "application/octet-stream" }),
  );
  return page;
}

async function evaluate(page: Page, name: string, input: readonly unknown[]): Promise<unknown> {
  return page.evaluate(
    ([name, input]) => {
      const { bench } = window as unknown as { bench: Record<string, (...input: unknown[]) => unknown> };
      return bench[name as string](...(input as unknown[]));
    },
    [name, input],
  );
}

function stages(milliseconds: Readonly<Record<string, number>>): string {
  return Object.entries(milliseconds)
    .map(([stage, time]) => `${stage} ${(time / 1000).toFixed(2)} s`)
    .join(", ");
}
