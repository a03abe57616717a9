import { createUMAP } from "peers/embedding-atlas/dist/umap.js";
import { UMAP } from "umap-js";
import { fastNearestNeighbours } from "../../src/core/knn/fast-nearest";
import { approximateNeighbours } from "../../src/core/knn/nn-descent";
import type { Matrix } from "../../src/core/matrix";
import { estimateQuality } from "../../src/core/quality-estimate";
import type { Metric } from "../../src/core/space";
import {
  createProjector,
  DEFAULT_PROJECTION,
  type ProjectionOptions,
  type ProjectionProgress,
} from "../../src/projection";
import { drawMap } from "./draw-map";
import { timed } from "./long-tasks";
import { mixedVectors } from "./mixed";

/** Rounds of every engine; umap-js is also run with its own default, which is fewer for more points. */
const epochs = 500;

const dimension = 384;

let vectors = new Float32Array(0);

/** Fetches the real vectors once. */
async function load(): Promise<void> {
  if (vectors.length > 0) return;
  vectors = new Float32Array(await (await fetch("wordnet.f32")).arrayBuffer());
}

/** The first `rows` vectors, real ones as far as there are, see `mixedVectors`; with room for `spare` more rows. */
async function take(rows: number, spare = 0): Promise<Matrix> {
  await load();
  const data = mixedVectors(vectors, rows, dimension, spare);
  return { data: data.subarray(0, rows * dimension), rows, dimension };
}

/** Trustworthiness and preservation of 15 neighbours, from all ranks. */
async function judge(matrix: Matrix, metric: Metric, positions: Float32Array) {
  const near = await fastNearestNeighbours(matrix, 15, metric);
  const found = await estimateQuality(matrix, positions, 2, metric, near, 15, undefined, matrix.rows);
  return { trustworthiness: found.trustworthiness, preservation: found.preservation };
}

let prepared: Matrix | undefined;

/** Makes the vectors of a run, so that what the run takes can be told from them. */
async function prepare(rows: number): Promise<void> {
  prepared = await take(rows);
}

/**
 * Our whole job, the start of the worker and the measuring of the map included; `stands` is when the last positions were there,
 * before they were measured.
 */
async function ours(rows: number, options: Partial<ProjectionOptions> = {}, isJudged = true) {
  const matrix = prepared ?? (await take(rows));
  const projector = createProjector();
  let stands = 0;
  const began = performance.now();
  const onProgress = ({ stage, positions }: ProjectionProgress) => {
    if (stage === "quality" && positions && stands === 0) stands = performance.now() - began;
  };
  const run = await timed(() =>
    projector.project(matrix, { ...DEFAULT_PROJECTION, epochs, ...options }, { onProgress }),
  );
  projector.close();
  const { value, milliseconds, longestPause } = run;
  const stages = value.milliseconds;
  return {
    ...{ milliseconds, stands, longestPause, stages },
    ...(isJudged ? await judge(matrix, "cosine", value.positions) : {}),
  };
}

/** Embedding Atlas' engine, vectors in, positions out. */
async function embeddingAtlas(rows: number) {
  const matrix = await take(rows);
  const run = await timed(async () => {
    const umap = await createUMAP(rows, dimension, 2, matrix.data, { metric: "cosine", nEpochs: epochs });
    await umap.run();
    return new Float32Array(umap.embedding);
  });
  return {
    ...{ milliseconds: run.milliseconds, longestPause: run.longestPause },
    ...(await judge(matrix, "cosine", run.value)),
  };
}

/** umap-js as its README says; the vectors have length 1, so that its Euclidean default ranks as the cosine does. */
async function umapJs(rows: number, nEpochs?: number) {
  const matrix = await take(rows);
  const lists = Array.from({ length: rows }, (_, row) =>
    Array.from(matrix.data.subarray(row * dimension, (row + 1) * dimension)),
  );
  const umap = new UMAP(nEpochs === undefined ? {} : { nEpochs });
  const run = await timed(() => umap.fit(lists));
  return {
    ...{ milliseconds: run.milliseconds, longestPause: run.longestPause },
    ...(await judge(matrix, "cosine", Float32Array.from(run.value.flat()))),
  };
}

/** Adds one row to a map of `rows`, `rounds` times: milliseconds until it is on the map, and until its trust is known too. */
async function add(rows: number, rounds: number) {
  const whole = await take(rows, rounds);
  const data = new Float32Array(whole.data.buffer);
  const head = (count: number) => ({ data: data.subarray(0, count * dimension), rows: count, dimension });
  const projector = createProjector();
  // How the map came about does not matter here: few rounds will do.
  let { positions } = await projector.project(head(rows), { ...DEFAULT_PROJECTION, epochs: 20 });
  const shown: number[] = [];
  const done: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const start = new Float32Array((rows + round) * 2).fill(Number.NaN);
    start.set(positions);
    const began = performance.now();
    let first = 0;
    const result = await projector.project(head(rows + round), DEFAULT_PROJECTION, {
      start,
      keep: true,
      onProgress({ positions }) {
        if (positions && first === 0) first = performance.now() - began;
      },
    });
    done.push(performance.now() - began);
    shown.push(first);
    if (result.placed !== 1) throw new Error("The row was not placed on the map that stood.");
    positions = result.positions;
  }
  projector.close();
  return { shown, done };
}

/** Share of the true 15 neighbours that NN-descent finds among the first `rows` vectors. */
async function recall(rows: number): Promise<number> {
  const matrix = await take(rows);
  const truth = await fastNearestNeighbours(matrix, 15, "cosine");
  const found = await approximateNeighbours(matrix, 15, "cosine", 42);
  if (!found) throw new Error("This browser has no WebAssembly SIMD.");
  let hits = 0;
  for (let i = 0; i < rows; i++) {
    const own = new Set(truth.indices.subarray(i * 15, i * 15 + 15));
    for (const j of found.indices.subarray(i * 15, i * 15 + 15)) if (own.has(j)) hits++;
  }
  return hits / (15 * rows);
}

/** Lays scikit-learn's digits out and draws them; the page can then be photographed. */
async function digits(rows: number, columns: number, pixels: string, labels: string) {
  const data = Float32Array.from(atob(pixels), (character) => character.charCodeAt(0));
  const matrix = { data, rows, dimension: columns };
  const projector = createProjector();
  const options = { ...DEFAULT_PROJECTION, metric: "euclidean", epochs } as const;
  const { positions } = await projector.project(matrix, options);
  projector.close();
  drawMap(positions, labels);
  return judge(matrix, "euclidean", positions);
}

export const bench = { prepare, ours, embeddingAtlas, umapJs, add, recall, digits };
Object.assign(window, { bench });
