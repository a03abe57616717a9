import { openPlain } from "../plain";
import type { TextEncoderHandle } from "../types";
import { encodeOneHot, MOST_CHARACTERS, ONE_HOT_CARD } from "./one-hot";
import { Vocabulary } from "./vocabulary";

/** Opens the foil that knows whether words are the same, and nothing else. */
export function openOneHot(): TextEncoderHandle {
  const vocabulary = new Vocabulary(ONE_HOT_CARD.dimension, wordStorage());
  return openPlain({
    card: ONE_HOT_CARD,
    tapTitle: "An axis for each word",
    reason: "Telling words apart needs no network and no graphics card.",
    mostCharacters: MOST_CHARACTERS,
    encode: (text) => encodeOneHot(text, vocabulary),
    onEncoded: () => vocabulary.keep(),
  });
}

/** The browser's local storage, where it may be used. */
function wordStorage(): Storage | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
