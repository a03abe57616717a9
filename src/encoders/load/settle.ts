import { NamedError } from "../../core/errors";
import type { ImageCard, TextCard } from "../card";

/** An input that a graph asks for. */
interface Input {
  readonly name: string;
  /** Absent where the file does not say. */
  readonly shape?: readonly (number | string)[];
}

/** The inputs that a text can fill. */
const TEXT_INPUTS = new Set(["input_ids", "attention_mask", "token_type_ids", "position_ids"]);

/**
 * A text encoder's card with the inputs that its graph asks for. Throws `UnsupportedModel` when one of them is nothing
 * that a text can fill.
 */
export function settleText(card: TextCard, inputs: readonly Input[]): TextCard {
  const unknown = inputs.find(({ name }) => !TEXT_INPUTS.has(name));
  if (unknown) {
    throw new NamedError(
      "UnsupportedModel",
      `${card.title} asks for the input “${unknown.name}”, which a text alone does not give.`,
      { advice: "Choose an encoder: a model that reads input_ids and attention_mask." },
    );
  }
  return { ...card, inputs: inputs.map(({ name }) => name) };
}

/**
 * An image encoder's card with the input that its graph asks for, and the side of the square that it sees where the graph
 * takes only one. Throws `UnsupportedModel` for graphs that ask for something else than a picture.
 */
export function settleImage(card: ImageCard, inputs: readonly Input[]): ImageCard {
  const names = inputs.map(({ name }) => name);
  if (names.includes("input_ids")) {
    throw new NamedError("UnsupportedModel", `${card.title} reads words (it asks for ${names.join(", ")}).`, {
      advice: "Choose its tokenizer.json along with it, and use it as the text encoder.",
    });
  }
  const [input] = inputs;
  if (inputs.length !== 1 || (input.shape !== undefined && input.shape.length !== 4)) {
    throw new NamedError(
      "UnsupportedModel",
      `${card.title} asks for ${names.join(", ")}: more than a picture.`,
      {
        advice: "Choose an encoder of pictures alone; of a two-tower model its vision_model.onnx.",
      },
    );
  }
  return { ...card, inputs: names, preprocessing: { ...card.preprocessing, ...side(card, input) } };
}

/** What the graph says of the picture's size, where it is another than the card's. */
function side({ title, preprocessing }: ImageCard, { shape }: Input): { size?: number; resizeTo?: number } {
  const [, channels, height, width] = shape ?? [];
  if (typeof channels === "number" && channels !== 3) {
    throw new NamedError("UnsupportedModel", `${title} asks for pictures of ${channels} channels, not 3.`, {
      advice: "Choose a model that reads red, green and blue, in planes.",
    });
  }
  if (typeof height !== "number" || height === preprocessing.size) return {};
  if (height === width) return { size: height, resizeTo: height };
  throw new NamedError("UnsupportedModel", `${title} sees pictures of ${width} × ${height} pixels.`, {
    advice: "Choose a model that sees squares.",
  });
}
