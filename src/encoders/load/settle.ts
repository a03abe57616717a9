import { NamedError } from "../../core/errors";
import type { ImageCard, TextCard } from "../card";
import type { TensorInfo } from "./runtime";

/** What a model takes. */
interface Interface {
  readonly inputs: readonly TensorInfo[];
}

/** The inputs that a text can fill. */
const TEXT_INPUTS = new Set(["input_ids", "attention_mask", "token_type_ids"]);

/**
 * A text encoder's card with the inputs that the opened model asks for. Throws `UnsupportedModel` when one of them is
 * nothing that a text can fill.
 */
export function settleText(card: TextCard, { inputs }: Interface): TextCard {
  const unknown = inputs.find(({ name }) => !TEXT_INPUTS.has(name));
  if (unknown || inputs.length === 0) {
    throw new NamedError(
      "UnsupportedModel",
      `${card.title} asks for the input “${unknown?.name}”, which a text alone does not give.`,
      { advice: "Choose an encoder: a model that reads input_ids and attention_mask." },
    );
  }
  return { ...card, inputs: inputs.map(({ name }) => name) };
}

/** An image encoder's card with the input that the opened model asks for. Throws `UnsupportedModel` for several. */
export function settleImage(card: ImageCard, { inputs }: Interface): ImageCard {
  if (inputs.length === 1) return { ...card, inputs: [inputs[0].name] };
  const names = inputs.map(({ name }) => name).join(", ");
  throw new NamedError("UnsupportedModel", `${card.title} asks for ${names}: more than a picture.`, {
    advice: "Choose an encoder of pictures alone; of a two-tower model its vision_model.onnx.",
  });
}
