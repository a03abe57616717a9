import { openPlain } from "../plain";
import type { TextEncoderHandle } from "../types";
import { encodeLexical, LEXICAL_CARD, MOST_CHARACTERS } from "./lexical";

/** Opens the foil that knows letters and no meaning. */
export function openLexical(): TextEncoderHandle {
  return openPlain({
    card: LEXICAL_CARD,
    tapTitle: "Counted letters",
    reason: "Counting letters needs no network and no graphics card.",
    mostCharacters: MOST_CHARACTERS,
    encode: encodeLexical,
  });
}
