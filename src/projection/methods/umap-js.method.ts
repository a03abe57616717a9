import { UMAP } from "umap-js";
import type { NearestNeighbours } from "../../core/nearest";
import { seededRandom } from "../../core/random";
import { neighbourDistances } from "../../core/umap/neighbour-distances";
import type { LayoutInput, LayoutMethod, LayoutRun } from "./method";
import { type UmapStart, umapStart } from "./umap-start";

/** UMAP by the umap-js package, from the same neighbours and the same start: what ours is held against. */
export const method: LayoutMethod = {
  alignment: "rotation",
  async layOut(input, run) {
    const { matrix, options } = input;
    run.enter("neighbours");
    // As in umap-learn, a point counts as its own first neighbour.
    const size = Math.max(2, Math.min(Math.round(options.neighbours), matrix.rows - 1));
    const near = await input.nearest(size - 1);
    run.enter("prepare");
    const start = await umapStart(input, near, run.step);
    const epochs = Math.max(1, Math.round(options.epochs ?? start.epochs));
    const engine = createEngine(input, near, start, epochs);
    run.enter("layout");
    return { positions: await optimise(engine, epochs, input, run) };
  },
};

/** umap-js with its graph built and its points at the start. */
function createEngine(
  { matrix, options }: LayoutInput,
  near: NearestNeighbours,
  start: UmapStart,
  epochs: number,
): UMAP {
  const { dimensions } = options;
  const engine = new UMAP({
    nComponents: dimensions,
    nNeighbors: near.k + 1,
    minDist: options.minDistance,
    nEpochs: epochs,
    learningRate: start.learningRate,
    random: seededRandom(options.seed),
  });
  const distances = neighbourDistances(near, options.metric);
  const lists = <T>(own: number, of: (at: number) => T) =>
    Array.from({ length: near.k }, (_, j) => of(own * near.k + j));
  engine.setPrecomputedKNN(
    Array.from({ length: near.rows }, (_, i) => [i, ...lists(i, (at) => near.indices[at])]),
    Array.from({ length: near.rows }, (_, i) => [0, ...lists(i, (at) => distances[at])]),
  );
  // One long step: umap-js builds its graph in maps with text keys (0.3 s for 1,000 items, 4 s for 10,000).
  // With the neighbours given, it reads only how many vectors there are.
  engine.initializeFit(Array.from({ length: matrix.rows }, () => []));
  engine.getEmbedding().forEach((point, i) => {
    for (let t = 0; t < dimensions; t++) point[t] = start.positions[i * dimensions + t];
  });
  return engine;
}

/** Runs umap-js' rounds, giving way in between. */
async function optimise(
  engine: UMAP,
  epochs: number,
  { matrix, options }: LayoutInput,
  run: LayoutRun,
): Promise<Float64Array> {
  const { dimensions } = options;
  const embedding = engine.getEmbedding();
  const positions = new Float64Array(matrix.rows * dimensions);
  const read = () => {
    embedding.forEach((point, i) => {
      for (let t = 0; t < dimensions; t++) positions[i * dimensions + t] = point[t];
    });
    return positions;
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    engine.step();
    if (run.wantsFrame()) run.frame(read());
    const waiting = run.step((epoch + 1) / epochs);
    if (waiting) await waiting;
  }
  return read();
}
