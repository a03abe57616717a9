import type { Modality } from "../../core/space";
import type { Flow } from "./flow";
import { isOnlyNormed, normAfter } from "./norms";
import type { Residual } from "./residuals";

/** A readable tensor and what people call it. */
export interface Layer {
  readonly name: string;
  readonly title: string;
  readonly kind: "tokens" | "map" | "vector" | "logits";
}

/**
 * The layers of a transformer: its embeddings, each block's output, and the last norm where it stands behind the last
 * block. BERT-like networks norm each sum, so a block's output is the norm; ViT-like ones (pre-norm) hand the sum on.
 */
export function transformerLayers(flow: Flow, residuals: readonly Residual[], modality: Modality): Layer[] {
  const attentions = residuals.filter(({ attention }) => attention);
  if (attentions.length === 0) return [];
  const handedOn = new Set(
    attentions.flatMap((residual) => [residual.sum, normed(flow, residual)].map((name) => name ?? "")),
  );
  const feeds = residuals.filter(
    ({ attention, skip }) => !attention && (handedOn.has(skip) || handedOn.has(flow.original(skip))),
  );
  const ends = feeds.length > 0 ? feeds : attentions;
  const normedSums = attentions.filter((residual) => isNormedSum(flow, residual)).length;
  const postNorm = normedSums * 2 > attentions.length;
  const blocks = ends.map((end) => (postNorm && normed(flow, end)) || end.sum);
  const kind = (tensor: string) =>
    ends.some((end) => end.sum === tensor && end.convolution) ? "map" : "tokens";
  const last = postNorm ? undefined : normed(flow, ends[ends.length - 1]);
  return [
    {
      name: attentions[0].skip,
      title: modality === "text" ? "Token embeddings" : "Patch embeddings",
      kind: "tokens",
    },
    ...blocks.map((name, index): Layer => ({ name, title: `Block ${index + 1} output`, kind: kind(name) })),
    ...(last === undefined ? [] : [{ name: last, title: "Last hidden state", kind: "tokens" } as const]),
  ];
}

function normed(flow: Flow, { sum, norm }: Residual): string | undefined {
  return norm ?? normAfter(flow, sum);
}

/** True when the sum goes on only through its norm. */
function isNormedSum(flow: Flow, { sum, norm }: Residual): boolean {
  return norm === undefined ? isOnlyNormed(flow, sum) : sum === norm;
}
