import { NamedError } from "../../core/errors";
import type { ModelCard } from "../card";
import type { Offer, ResolvedModel } from "../hub/resolve";
import type { NumberFormat } from "../source";
import type { EncoderSpec } from "../types";
import type { DeviceFacts, DevicePlan } from "./device";
import type { ModelFiles } from "./files";
import { mostBytes, requireFits, weightOf } from "./fits";
import type { Locations } from "./locations";
import { resolvePage } from "./resolve-page";

/** A model that has been found. */
export interface FoundModel<Card> {
  readonly card: Card;
  /** Its files for a device. Throws `DeviceUnavailable` when none is for it, and `ModelTooLarge`. */
  files(plan: DevicePlan, facts: DeviceFacts): ModelFiles;
}

/** What is looked for. */
export interface Wanted<Card extends ModelCard> {
  /** Checks a card of `public/models`. */
  parse(json: unknown, file: string): Card;
  /** The part of a model that is wanted. */
  offered(model: ResolvedModel): Offer<Card> | undefined;
}

/**
 * Finds a model on the page, on the Hub, or among files. Throws what `resolvePage` or `resolveModel` throws, and
 * `UnsupportedModel` when it reads something else than what is wanted.
 */
export async function findModel<Card extends ModelCard>(
  spec: EncoderSpec,
  wanted: Wanted<Card>,
  where: Locations,
  signal?: AbortSignal,
): Promise<FoundModel<Card>> {
  const { source, format } = spec;
  if (source.from === "page") {
    const { card, files } = await resolvePage(source.id, wanted.parse, where, signal);
    return { card, files: () => files };
  }
  // Loaded when first needed: most visits stay with the page's own encoders.
  const { resolveModel } = await import("../hub/resolve");
  const model = await resolveModel(source, { signal });
  const offer = wanted.offered(model);
  if (!offer) throw readsOther(model);
  return { card: offer.card, files: (plan, facts) => filesFor(offer, plan, facts, format) };
}

function readsOther(model: ResolvedModel): NamedError {
  const [reads, not] = model.image ? ["pictures", "texts"] : ["texts", "pictures"];
  return new NamedError("UnsupportedModel", `${model.title} reads ${reads}, not ${not}.`, {
    advice: model.image ? "Use it as the image encoder." : "Use it as the text encoder.",
  });
}

function filesFor(
  offer: Offer<ModelCard>,
  plan: DevicePlan,
  facts: DeviceFacts,
  format: NumberFormat | undefined,
): ModelFiles {
  const { card, formats } = offer;
  const limits = { device: plan.kind, shaderF16: facts.shaderF16, mostBytes: mostBytes(facts) };
  const chosen = format ?? offer.choose(limits)?.format;
  if (chosen === undefined) {
    const names = formats.map((one) => one.format).join(", ");
    throw new NamedError(
      "DeviceUnavailable",
      `WebGPU can't run the files that ${card.title} has (${names}).`,
      {
        advice: "Choose Auto or WASM as the device.",
      },
    );
  }
  const files = offer.files(chosen);
  requireFits(weightOf(card.title, offer, chosen), facts, plan);
  return files;
}
