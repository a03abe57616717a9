import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../scripts/setup.mjs";
import { type BenchContext, median } from "./context";
import type { bench } from "./pages/encoders";
import type { CallSize } from "./pages/encoders-peer";
import { measureSwitching } from "./switching";

/** Ours and the peer's ways take turns this often, and the middle of each counts. */
const rounds = 3;

/** What a call of the peer's pipeline gets: everything, as its documentation shows it, or less, which suits it better. */
const ways: Readonly<Record<string, CallSize>> = {
  "transformers.js, one call": "all",
  "transformers.js, calls of 8": 8,
  "transformers.js, one by one": 1,
};

const read = (path: string) => JSON.parse(readFileSync(join(root, path), "utf8"));

/** 100 words, phrases, sentences and paragraphs of up to 256 tokens, shuffled as a user's would be. */
function mixedTexts(): string[] {
  const { texts }: { texts: { text: string }[] } = read("e2e/fixtures/reference/minilm.json");
  const visible = texts.map(({ text }) => text).filter((text) => text.trim() !== "");
  return visible.map((_, index) => visible[(index * 101) % visible.length]).slice(0, 100);
}

/** The shortest inputs there are. */
function nouns(): string[] {
  const { items }: { items: { text: string }[] } = read("public/samples/nouns.json");
  return items.map(({ text }) => text).slice(0, 200);
}

/** The sample's photographs, as addresses below the page. */
function photographs(): string[] {
  const { items }: { items: { image?: string }[] } = read("public/samples/pictures.json");
  return items.flatMap(({ image }) => (image ? [`samples/${image}`] : []));
}

/**
 * A way of the peer's that took this many times its best way in the first turn takes no other: it will not become the
 * best, and all texts padded to the longest take a minute a turn.
 */
const hopeless = 2;

/**
 * Takes `rounds` turns, and gives the middle rate of ours and of each of the peer's ways, in inputs per second. `turn`
 * is told which ways to time, and gives seconds, in their order.
 */
async function rates(
  count: number,
  turn: (sizes: readonly CallSize[]) => Promise<{ ours: number; peers: readonly number[] }>,
) {
  const ours: number[] = [];
  const peers = new Map(Object.keys(ways).map((way) => [way, [] as number[]]));
  let left = Object.keys(ways);
  for (let round = 0; round < rounds; round++) {
    const taken = await turn(left.map((way) => ways[way]));
    ours.push(taken.ours);
    left.forEach((way, index) => {
      peers.get(way)?.push(taken.peers[index]);
    });
    const best = Math.min(...taken.peers);
    left = left.filter((_, index) => taken.peers[index] < best * hopeless);
  }
  return {
    ours: count / median(ours),
    peers: Object.fromEntries([...peers].map(([way, seconds]) => [way, count / median(seconds)])),
  };
}

/** How many texts and images a second are encoded, beside transformers.js on the same files, device and threads. */
export async function run(context: BenchContext): Promise<void> {
  const page = await context.open(await context.page("encoders"));
  type Window = typeof window & { bench: typeof bench };
  const threads = await page.evaluate((device) => (window as Window).bench.open(device), context.device);
  const device =
    context.device === "webgpu" ? "WebGPU" : `WASM, ${threads} ${threads === 1 ? "thread" : "threads"}`;

  const agreement = await page.evaluate((list) => (window as Window).bench.agreement(list, 12), mixedTexts());
  context.say(`ours and transformers.js' vectors agree: worst cosine ${agreement.toFixed(6)}`);
  if (agreement < 0.999) throw new Error("ours and the peer do not compute the same vectors");

  for (const [title, list] of Object.entries({ "texts of 3 to 256 tokens": mixedTexts(), nouns: nouns() })) {
    context.report({
      case: `${list.length} ${title}, ${device}`,
      metric: "texts per second",
      better: "higher",
      ...(await rates(list.length, (sizes) =>
        page.evaluate(([list, sizes]) => (window as Window).bench.texts(list, sizes), [list, sizes] as const),
      )),
    });
  }

  const small = photographs();
  const kinds = [
    { title: `${small.length} photographs of up to 512 pixels`, addresses: small, large: false },
    // Fewer, because each call of the peer holds all of them as pixels.
    { title: "8 photographs of 12 megapixels", addresses: small.slice(0, 8), large: true },
  ];
  for (const { title, addresses, large } of kinds) {
    context.report({
      case: `${title} (JPEG), ${device}`,
      metric: "images per second",
      better: "higher",
      ...(await rates(addresses.length, (sizes) =>
        page.evaluate(
          ([addresses, large, sizes]) => (window as Window).bench.images(addresses, large, sizes),
          [addresses, large, sizes] as const,
        ),
      )),
    });
  }
  await page.close();
  await measureSwitching(context);
}
