import { type CallContext, type Moved, moved } from "../remote/protocol";
import type { ModelCard, Pooling } from "./card";
import type { Finished } from "./finish-vector";
import type { Tap } from "./graph/types";
import type { Network } from "./load/network";
import { defaultPooling, type MeasuredReading, poolingsOf, type Reading, readingSpace } from "./reading";
import type { EncodeFailure, EncodeProgress, Layers } from "./types";

/** The method by which every encoder's worker reads all layers of some inputs. */
export interface LayersMethod<Input> {
  input: { readonly inputs: readonly Input[]; readonly pooling?: Exclude<Pooling, "none"> };
  output: LayerResults;
  progress: EncodeProgress;
}

/** The vectors of some inputs at every layer, as they cross from the worker. */
export interface LayerResults {
  readonly layers: readonly {
    readonly reading: MeasuredReading;
    /** `inputs × dimension`, row-major; NaN where an input has no vector. */
    readonly vectors: Float32Array;
  }[];
  readonly failures: readonly EncodeFailure[];
}

/** How each layer of a network is read when all are read at once; logits are no layer. */
export function layerReadings(
  card: ModelCard,
  taps: readonly Tap[],
  pooling: Exclude<Pooling, "none"> | undefined,
  hasCls: boolean,
): Reading[] {
  return taps
    .filter(({ kind }) => kind !== "logits")
    .map((tap) => {
      const possible = poolingsOf(tap, card.modality, hasCls);
      if (pooling !== undefined && possible.includes(pooling)) return { tap, pooling };
      const natural = defaultPooling(tap, card, hasCls);
      return { tap, pooling: natural === "none" ? possible[0] : natural };
    });
}

/** What was read of one input at every layer. */
interface ReadInput {
  readonly index: number;
  readonly readings: readonly Finished[];
}

/** Gathers inputs' vectors by layer, as they come. */
export class LayerGatherer {
  private readonly readings: readonly Reading[];
  private readonly inputs: number;
  private readonly progress: CallContext<EncodeProgress>["progress"];
  private readonly rows: Float32Array[][];
  private readonly failures: EncodeFailure[] = [];
  private done = 0;

  /** For `inputs` inputs at each of `readings`; `progress` hears how many are done. */
  constructor(
    readings: readonly Reading[],
    inputs: number,
    progress: CallContext<EncodeProgress>["progress"],
  ) {
    this.readings = readings;
    this.inputs = inputs;
    this.progress = progress;
    this.rows = readings.map(() => []);
  }

  /** Files what was read of some inputs, one vector of each at each layer, and which ones could not be read. */
  add(read: readonly ReadInput[], failures: readonly EncodeFailure[]): void {
    for (const { index, readings } of read) {
      readings.forEach(({ vectors: [vector] }, layer) => {
        if (vector) this.rows[layer][index] = vector;
      });
    }
    this.failures.push(...failures);
    this.done += read.length + failures.length;
    this.progress({ done: this.done, total: this.inputs });
  }

  /** What is to be sent; layers that nothing could be read at are left out. */
  finish(): Moved<LayerResults> {
    const layers = this.readings.flatMap((reading, layer) => {
      const dimension = this.rows[layer].find((vector) => vector)?.length;
      if (dimension === undefined) return [];
      const vectors = new Float32Array(this.inputs * dimension).fill(Number.NaN);
      this.rows[layer].forEach((vector, index) => {
        if (vector.length === dimension) vectors.set(vector, index * dimension);
      });
      return [{ reading: { ...reading, dimension }, vectors }];
    });
    return moved(
      { layers, failures: this.failures },
      layers.map(({ vectors }) => vectors.buffer),
    );
  }
}

/**
 * Reads inputs at each of `readings`, in one run of a network widened to all of them; `read` hands what it read to `add` as
 * it comes. Throws as `Network.widened` does.
 */
export async function readLayers(
  network: Pick<Network, "widened">,
  readings: readonly Reading[],
  inputs: number,
  progress: CallContext<EncodeProgress>["progress"],
  read: (add: LayerGatherer["add"]) => Promise<void>,
): Promise<Moved<LayerResults>> {
  const gatherer = new LayerGatherer(readings, inputs, progress);
  await network.widened(
    readings.map(({ tap }) => tap.name),
    () => read((found, failures) => gatherer.add(found, failures)),
  );
  return gatherer.finish();
}

/** What a handle gives, from what crossed from the worker. */
export function unpackLayers(card: ModelCard, { layers, failures }: LayerResults, inputs: number): Layers {
  return {
    layers: layers.map(({ reading: { tap, pooling, dimension }, vectors }) => ({
      tap,
      pooling,
      space: readingSpace(card, { tap, pooling, dimension }),
      vectors: Array.from({ length: inputs }, (_, index) => {
        const vector = vectors.subarray(index * dimension, (index + 1) * dimension);
        return Number.isNaN(vector[0]) ? undefined : vector;
      }),
    })),
    failures,
  };
}
