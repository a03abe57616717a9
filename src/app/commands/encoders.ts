import type { Modality } from "../../core/space";
import { type EncoderSpec, page } from "../../encoders";
import type { Workbench } from "../workbench/types";
import type { Command } from "./types";

/** Changes an encoder. A failure shows in the encoder's own state, on the map and in the status bar, with Retry. */
export function chooseEncoder(workbench: Workbench, modality: Modality, spec: EncoderSpec): void {
  workbench.setEncoder(modality, spec).catch(() => {});
}

/** Reads an encoder otherwise, at another layer or pooled another way, and shows the items as it sees them. */
export function chooseReading(workbench: Workbench, modality: Modality, spec: EncoderSpec): void {
  chooseEncoder(workbench, modality, spec);
  if (workbench.state.getState().shown.role !== modality) workbench.showSpace(modality);
}

/** One command per encoder that can be chosen. */
export function encoderCommands(workbench: Workbench): readonly Command[] {
  return (["text", "image"] as const).flatMap((modality) =>
    workbench.encoderChoices(modality).map(
      ({ id, title }): Command => ({
        name: `encoder.${modality}.${id}`,
        label: `${modality === "text" ? "Text" : "Image"} encoder: ${title}`,
        group: "Space",
        keywords: "model network",
        enabled: () => true,
        current: (state) => (modality === "text" ? state.textEncoder : state.imageEncoder).id === id,
        perform: () => chooseEncoder(workbench, modality, { source: page(id) }),
      }),
    ),
  );
}
