import type { Modality } from "../core/space";

/** What a model needs to become an encoder; `card.json` beside the model's files. */
export interface EncoderCard {
  readonly id: string;
  readonly title: string;
  readonly modality: Modality;
  readonly dimension: number;
}
