import type { ModelCard } from "../card";
import { fetchJson } from "./fetch";
import type { ModelFiles } from "./files";
import { knownFile, type Locations } from "./locations";

/**
 * Finds a model of `public/models` by its card. Throws `ModelNotFound`, `ModelCorrupt`, `NetworkFailed` or `Cancelled`.
 */
export async function resolvePage<Card extends ModelCard>(
  id: string,
  parse: (json: unknown, file: string) => Card,
  where: Locations,
  signal?: AbortSignal,
): Promise<{ readonly card: Card; readonly files: ModelFiles }> {
  const card = parse(await fetchJson(`${where.models}${id}/card.json`, signal), `${id}/card.json`);
  return { card, files: pageFiles(card, where) };
}

/** The files of a card of `public/models`. Throws `ModelCorrupt` when it does not list what a model needs. */
export function pageFiles(card: ModelCard & { readonly classes?: string }, where: Locations): ModelFiles {
  const weights = knownFile(card, "onnx/model.onnx", where);
  if (card.modality === "image") {
    const { classes } = card;
    return {
      weights,
      external: {},
      ...(classes === undefined ? {} : { classes: knownFile(card, classes, where) }),
    };
  }
  return {
    weights,
    external: {},
    tokenizer: knownFile(card, "tokenizer.json", where),
    tokenizerConfig: knownFile(card, "tokenizer_config.json", where),
  };
}
