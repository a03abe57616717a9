/** Longest piece of a label that is looked at; more could never be shown. */
const MAX_LENGTH = 240;

/** First strong character decides: Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms run right to left. */
const STRONG = /[\p{L}]/u;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/u;

/** One line of visible characters: breaks, tabs and controls become single spaces, very long texts are cut. */
export function cleanLabel(text: string): string {
  const head = text.length > MAX_LENGTH ? wholeCharacters(text.slice(0, MAX_LENGTH)) : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is to be replaced
  return head.replace(/[\s\u0000-\u001f\u007f-\u009f]+/gu, " ").trim();
}

/** The direction of a text's first strong character; left to right when it has none. */
export function directionOf(text: string): "ltr" | "rtl" {
  const strong = STRONG.exec(text);
  return strong && RIGHT_TO_LEFT.test(strong[0]) ? "rtl" : "ltr";
}

/**
 * The text, or as many of its characters as fit into `maxWidth` with an ellipsis. Characters are never split: an emoji
 * of several code points or a letter with its accents stays whole.
 *
 * @param measure width of a text in CSS pixels.
 */
export function shorten(text: string, maxWidth: number, measure: (text: string) => number): string {
  if (measure(text) <= maxWidth) return text;
  const characters = segments(text);
  let fits = 0;
  let tooMany = characters.length;
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (measure(`${characters.slice(0, middle).join("").trimEnd()}…`) <= maxWidth) fits = middle;
    else tooMany = middle;
  }
  return `${characters.slice(0, Math.max(1, fits)).join("").trimEnd()}…`;
}

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

function segments(text: string): string[] {
  return Array.from(segmenter.segment(text), (piece) => piece.segment);
}

function wholeCharacters(text: string): string {
  const last = text.charCodeAt(text.length - 1);
  const splitPair = last >= 0xd800 && last <= 0xdbff;
  return splitPair ? text.slice(0, -1) : text;
}
