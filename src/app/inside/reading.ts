import type { EncoderSpec, Pooling, Tap } from "../../encoders";

/** How a pooling is called, with what it does. */
export const poolingTitles: Readonly<Record<Pooling, { readonly title: string; readonly note: string }>> = {
  mean: { title: "Mean", note: "The average of all tokens, patches or cells." },
  cls: { title: "CLS", note: "The first token, which some networks train to stand for the whole." },
  max: { title: "Max", note: "The largest value of each dimension." },
  none: { title: "None", note: "No pooling: one point for each token, patch or cell." },
};

/** The pooling's entry for a tap: where a tap is one vector already there is nothing to pool. */
export function poolingTitle(pooling: Pooling, tap: Tap | undefined): { title: string; note: string } {
  const isOne = tap?.kind === "vector" || tap?.kind === "logits";
  return isOne ? { title: "One vector", note: "This layer is one vector already." } : poolingTitles[pooling];
}

/** Axes as people write them: "batch × sequence × 384". */
export function shapeText(shape: Tap["shape"]): string {
  return shape.join(" × ");
}

/** A specification of the same model with another reading; the model's own in what `reading` leaves out. */
export function withReading(
  { source, format }: EncoderSpec,
  { tap, pooling }: { readonly tap?: string; readonly pooling?: Pooling } = {},
): EncoderSpec {
  return {
    source,
    ...(format === undefined ? {} : { format }),
    ...(tap === undefined ? {} : { tap }),
    ...(pooling === undefined ? {} : { pooling }),
  };
}

/** The layer and pooling in a space's id, "model@tap:pooling"; undefined for a model's own space. */
export function readingOfSpace(space: string, model: string): { tap: string; pooling: Pooling } | undefined {
  if (space === model) return undefined;
  const reading = space.slice(model.length + 1);
  const colon = reading.lastIndexOf(":");
  return { tap: reading.slice(0, colon), pooling: reading.slice(colon + 1) as Pooling };
}
