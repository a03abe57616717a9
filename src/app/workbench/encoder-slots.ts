import type { ErrorReport } from "../../core/errors";
import type { Modality } from "../../core/space";
import { openImageEncoder, openTextEncoder } from "../../encoders";
import type { Context } from "./context";
import { createEncoderSlot, type EncoderSlot } from "./encoder-slot";

/** The place of each modality's encoder. */
export interface EncoderSlots {
  readonly text: EncoderSlot<"text">;
  readonly image: EncoderSlot<"image">;
}

/** Makes both slots, which publish their encoder's state and say when one had to be started again. */
export function createEncoderSlots({ store, problems }: Context): EncoderSlots {
  const device = () => store.getState().deviceChoice;

  /** Says what was lost and that work goes on: the items stay, and what they lack is encoded afresh. */
  const tellRecovery = (modality: Modality) => (error: ErrorReport) => {
    const { title } = store.getState()[`${modality}Encoder`];
    problems.add(title, {
      name: error.name,
      message: `${error.message.replace(/\.$/, "")}; ${title} goes on in a fresh worker.`,
      advice: "Nothing on the map is lost.",
    });
  };

  return {
    text: createEncoderSlot<"text">({
      modality: "text",
      device,
      open: openTextEncoder,
      state: () => store.getState().textEncoder,
      publish: (textEncoder) => store.setState({ textEncoder }),
      onRecovery: tellRecovery("text"),
    }),
    image: createEncoderSlot<"image">({
      modality: "image",
      device,
      open: openImageEncoder,
      state: () => store.getState().imageEncoder,
      publish: (imageEncoder) => store.setState({ imageEncoder }),
      onRecovery: tellRecovery("image"),
    }),
  };
}
