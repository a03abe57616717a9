import { FIRST_TEXT_ENCODER } from "../../encoders/catalogue";
import type { EncoderSpec } from "../../encoders/types";

/** There when the last visit left another text encoder: kept beside the items because it is read before them. */
const KEY = "nearfield.other-encoder";

/** True when the page will most likely open the text encoder that a first visit opens. */
export function wantsFirstEncoder(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    // Without storage every visit is a first one.
    return true;
  }
}

/** Remembers for the next visit whether it will want the first text encoder. */
export function noteTextEncoder({ source, tap, pooling }: EncoderSpec): void {
  const isFirst = source.from === "page" && source.id === FIRST_TEXT_ENCODER && !tap && !pooling;
  try {
    if (isFirst) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, "yes");
  } catch {
    // The next visit opens the first encoder in vain, and then its own.
  }
}
