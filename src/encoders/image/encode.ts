import { reportError } from "../../core/errors";
import { noVector } from "../finish-vector";
import { isOfParts, type MeasuredReading, type Reading } from "../reading";
import type { ClassProbability, ImageVector } from "../types";
import { visibleCells } from "./cells";
import { topClasses } from "./classes";
import { type ImageModel, type ReadImage, readImages, runImages, statesOf } from "./model";
import { poolImage } from "./pooling";
import { probeTensor } from "./probe-pictures";
import type { ImageResults } from "./protocol";

/** The classifier on top of a network. */
export interface Classifier {
  /** The tensor of its scores. */
  readonly logits: string;
  /** In the order of the logits. */
  readonly names: readonly string[];
}

/**
 * Encodes images by one reading, and reports vectors batch by batch; `classifier` says what they show, where the
 * network's part has one. Throws as `readImages` does.
 */
export async function encodeImages(
  model: ImageModel,
  reading: MeasuredReading,
  { images, classifier, signal }: { images: readonly Blob[]; classifier?: Classifier; signal: AbortSignal },
  report: (results: ImageResults) => void,
): Promise<void> {
  await readImages(model, [reading], { images, logits: classifier?.logits, signal }, (read, failed) => {
    const failures = [...failed];
    const vectors = read.flatMap((image) => {
      const found = vectorsOf(model, reading, image, classifier);
      if (found.length === 0)
        failures.push({
          index: image.index,
          error: reportError(noVector("picture", image.readings[0].flaw)),
        });
      return found;
    });
    report({ vectors, failures });
  });
}

function vectorsOf(
  { card }: ImageModel,
  reading: MeasuredReading,
  { index, place, logits, readings: [{ vectors, grid }] }: ReadImage,
  classifier: Classifier | undefined,
): ImageVector[] {
  const classes: { classes?: readonly ClassProbability[] } =
    logits && classifier ? { classes: topClasses(logits, classifier.names) } : {};
  const fits = (vector: Float32Array | undefined): vector is Float32Array =>
    vector?.length === reading.dimension;
  if (!isOfParts(reading) || !grid)
    return vectors.filter(fits).map((vector) => ({ index, vector, ...classes }));
  return visibleCells(grid, place, card.preprocessing.size).flatMap((part) => {
    const vector = vectors[part.place];
    return fits(vector) ? [{ index, vector, part, ...classes }] : [];
  });
}

/** Numbers per vector of a reading, found by reading a plain picture. Throws `EncoderFailed` where there are none. */
export async function measureImage(model: ImageModel, reading: Reading): Promise<MeasuredReading> {
  const picture = probeTensor("disc", model.card.preprocessing);
  const outputs = await runImages(model, [picture], [reading.tap.name]);
  const { dimension } = statesOf(outputs, reading, 0, 1, model.patches);
  return { ...reading, dimension };
}

/** The card's own vectors of its probes, not scaled. */
export async function encodeProbes(model: ImageModel, own: Reading): Promise<(Float32Array | undefined)[]> {
  const { probes, preprocessing } = model.card;
  const pictures = probes.map(({ pixels }) => probeTensor(pixels, preprocessing));
  const outputs = await runImages(model, pictures, [own.tap.name]);
  return pictures.map(
    (_, image) => poolImage(statesOf(outputs, own, image, pictures.length, model.patches), own.pooling)[0],
  );
}
