import { principalComponents } from "../../core/pca";
import { knownRows } from "../../core/procrustes";
import { gaussian, seededRandom } from "../../core/random";
import type { Step } from "../../core/step";
import { affinities } from "../../core/tsne/affinities";
import { TsneDescent } from "../../core/tsne/descent";
import type { LayoutInput, LayoutMethod } from "./method";
import { placeNewItems } from "./warm-start";

/** About how many neighbours a point has; van der Maaten's and everybody's default. */
const PERPLEXITY = 30;

/** Neighbours that count, as a multiple of the perplexity (van der Maaten, 2014, §4.1). */
const NEIGHBOURS = 3;

/** Rounds: 250 with groups drawn together, 500 to settle. */
const EPOCHS = 750;

/** Spread of a start: small, so that the first rounds decide (Kobak & Berens, 2019). */
const START_SPREAD = 1e-4;

/** Below this share of items with a place, a fresh start serves better. */
const LEAST_KNOWN = 0.5;

/**
 * t-distributed stochastic neighbour embedding (van der Maaten & Hinton, 2008), from a PCA start (Kobak & Berens, 2019) or from
 * where the items stood.
 */
export const method: LayoutMethod = {
  alignment: "rotation",

  async layOut(input, run) {
    const { matrix, options } = input;
    run.enter("neighbours");
    const perplexity = Math.min(options.perplexity ?? PERPLEXITY, (matrix.rows - 1) / NEIGHBOURS);
    const near = await input.nearest(Math.floor(NEIGHBOURS * perplexity));
    run.enter("prepare");
    const placed = (input.start && continued(input, near)) ?? (await components(input, run.step));
    const descent = new TsneDescent(
      affinities(near, options.metric, perplexity),
      options.dimensions,
      small(placed, options),
      Math.round(options.epochs ?? EPOCHS),
    );
    run.enter("layout");
    while (descent.progress < 1) {
      descent.step();
      if (run.wantsFrame()) run.frame(descent.positions);
      const waiting = run.step(descent.progress);
      if (waiting) await waiting;
    }
    return { positions: descent.positions };
  },

  /** Among its neighbours: t-SNE has no way of its own to add a point. */
  async place({ near, start, options }) {
    const { dimensions, seed } = options;
    const placed = placeNewItems(start, dimensions, near, seededRandom(seed));
    return Float64Array.from(
      Array.from(near.of).flatMap((row) =>
        Array.from(placed.subarray(row * dimensions, (row + 1) * dimensions)),
      ),
    );
  },
};

function continued({ start, options }: LayoutInput, near: Parameters<typeof placeNewItems>[2]) {
  const { dimensions, seed } = options;
  if (!start || knownRows(start, dimensions).length < LEAST_KNOWN * near.rows) return undefined;
  return placeNewItems(start, dimensions, near, seededRandom(seed));
}

async function components({ matrix, options }: LayoutInput, step: Step): Promise<Float64Array> {
  return (await principalComponents(matrix, options.dimensions, step)).scores;
}

/** The start in the size at which t-SNE begins, with a trace of noise that parts copies. */
function small(positions: Float64Array, { dimensions, seed }: LayoutInput["options"]): Float64Array {
  const random = seededRandom(seed);
  let squares = 0;
  for (let at = 0; at < positions.length; at += dimensions) squares += positions[at] ** 2;
  const spread = Math.sqrt(squares / Math.max(1, positions.length / dimensions)) || 1;
  return positions.map((value) => START_SPREAD * (value / spread + 0.01 * gaussian(random)));
}
