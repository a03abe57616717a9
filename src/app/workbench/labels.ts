import type { Collection, ItemId } from "../../collection";
import { errorFromReport, NamedError } from "../../core/errors";
import { cosine } from "../../core/vectors";
import type { JointScale, TextEncoderHandle } from "../../encoders";
import type { EncoderSlot } from "./encoder-slot";
import { wholeVector } from "./parts";
import type { Spaces } from "./spaces";
import type { LabelRanking } from "./types";

/**
 * The probability of each label by its cosine to an image: softmax over all labels together (Radford et al., 2021, §3.1),
 * or a sigmoid for each alone (Zhai et al., 2023, §3.2), of scale · cosine + bias.
 */
export function labelProbabilities(
  cosines: readonly number[],
  { logitScale, logitBias, activation }: JointScale,
): number[] {
  const logits = cosines.map((each) => logitScale * each + logitBias);
  if (activation === "sigmoid") return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const most = Math.max(...logits);
  const shares = logits.map((logit) => Math.exp(logit - most));
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

/** The label put into a sentence: “a photo of a {}.” */
export function prompt(template: string, label: string): string {
  return template.includes("{}") ? template.replaceAll("{}", label) : `${template} ${label}`.trim();
}

/**
 * Ranks typed labels for an image of the map in the joint space (zero-shot classification). Under ConSE, which was not
 * trained for it, there are cosines and no probabilities, and labels stand by themselves. Rejects with `UnknownItem`,
 * `UnknownSpace` where the encoders share no space, and what encoding throws.
 */
export function createLabelRanking(
  collection: Collection,
  spaces: Spaces,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
) {
  return async (
    image: ItemId,
    labels: readonly string[],
    { template, signal }: { readonly template: string; readonly signal?: AbortSignal },
  ): Promise<LabelRanking> => {
    const { space, scale, fromText } = await spaces.requireJoint();
    const vector = collection.vector(space.id, image);
    if (!vector) {
      throw new NamedError("UnknownItem", "This image has no vector in the joint space yet.", {
        advice: "Wait until it is encoded, then ask again.",
      });
    }
    const texts = scale ? labels.map((label) => prompt(template, label)) : labels;
    const found = await slots.text.run((encoder) => encodeAll(encoder, texts, signal));
    const cosines = found.map((text) => cosine(fromText(text), vector));
    const probabilities = scale && labelProbabilities(cosines, scale);
    const rows = labels.map((label, index) => ({
      label,
      similarity: cosines[index],
      ...(probabilities ? { probability: probabilities[index] } : {}),
    }));
    rows.sort((a, b) => b.similarity - a.similarity);
    return { rows, activation: scale?.activation };
  };
}

async function encodeAll(
  encoder: TextEncoderHandle,
  texts: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  await encoder.encode(texts, {
    signal,
    onResults(results, failures) {
      if (failures[0]) throw errorFromReport(failures[0].error);
      for (const place of new Set(results.map(({ index }) => index))) {
        const vector = wholeVector(results.filter(({ index }) => index === place));
        if (vector) vectors[place] = vector;
      }
    },
  });
  return vectors;
}
