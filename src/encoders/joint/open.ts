import { errorFromReport, NamedError, throwIfCancelled } from "../../core/errors";
import type { Matrix } from "../../core/matrix";
import { cardSpaceId } from "../card";
import { fetchJson, fetchKnown, parseJsonBytes, shortName } from "../load/fetch";
import { knownFile, type Locations, locations } from "../load/locations";
import type { ImageEncoderHandle, JointSpace, TextEncoderHandle } from "../types";
import { type JointCard, parseClassTexts, parseJointCard, parseRows } from "./card";
import { combineClassTexts, createConse } from "./conse";
import { jointRecipe, jointSpaceId } from "./recipes";

/**
 * Opens the space that holds texts and images alike, by ConSE over the image encoder's classes. The class vectors are
 * ready-made for the text encoder they ship for; under another one they are made now, by encoding the classes' texts.
 *
 * Throws `UnknownSpace` when the image encoder has no classes to go by, and what fetching or encoding throws.
 */
export async function openJointSpace(
  { text, image }: { readonly text: TextEncoderHandle; readonly image: ImageEncoderHandle },
  { signal }: { readonly signal?: AbortSignal } = {},
): Promise<JointSpace> {
  const folder = jointRecipe(image.card.id)?.folder;
  if (folder === undefined) {
    throw new NamedError(
      "UnknownSpace",
      `There is no joint space for words and the images of ${image.card.title}.`,
    );
  }
  const where = locations();
  const cardFile = `${folder}/card.json`;
  const card = parseJointCard(await fetchJson(new URL(cardFile, where.models).href, signal), cardFile);
  const ready = card.textEncoder === text.card.id;
  const [classVectors, prior] = await Promise.all([
    ready
      ? fetchRows(card, card.classVectors, card.dimension, where, signal)
      : makeClassVectors(card, where, text, signal),
    fetchRows(card, card.classPrior.file, 1, where, signal),
  ]);
  return {
    space: {
      id: jointSpaceId(cardSpaceId(text.card), cardSpaceId(image.card)),
      title: `${text.card.title} + ${image.card.title}`,
      dimension: classVectors.dimension,
      metric: "cosine",
      modalities: ["text", "image"],
    },
    ...createConse(classVectors, { ...card, prior: prior.data, candidates: card.classPrior.candidates }),
  };
}

async function fetchRows(
  card: JointCard,
  file: string,
  dimension: number,
  where: Locations,
  signal?: AbortSignal,
): Promise<Matrix> {
  const bytes = await fetchKnown(knownFile(card, file, where), { signal });
  const data = parseRows(bytes, dimension, file);
  return { data, rows: data.length / dimension, dimension };
}

async function makeClassVectors(
  card: JointCard,
  where: Locations,
  encoder: TextEncoderHandle,
  signal?: AbortSignal,
): Promise<Matrix> {
  const { file, weights } = card.classTexts;
  const known = knownFile(card, file, where);
  const texts = parseClassTexts(
    parseJsonBytes(await fetchKnown(known, { signal }), shortName(known.url)),
    file,
  );
  const names = [...new Set(texts.flat())].filter((name) => name !== null);
  const vectors = new Map<string, Float32Array>();
  await encoder.encode(names, {
    signal,
    onResults(results, failures) {
      for (const { index, vector } of results) vectors.set(names[index], vector);
      if (failures[0]) throw errorFromReport(failures[0].error);
    },
  });
  throwIfCancelled(signal);
  return combineClassTexts(texts, weights, vectors, encoder.card.dimension);
}
