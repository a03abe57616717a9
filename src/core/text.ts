/** Line ends, tabs and every other kind of white space, in runs; U+FEFF counts as white space in JavaScript. */
const whiteSpace = /[\s\u0085]+/gu;

/** Control characters that are not white space, and three characters that only mark where a line may break. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060]/gu;

/** A text in which nothing can be seen: joiners and direction marks with no letter to act on. */
const nothingVisible = /^[\p{Cf}\s]*$/u;

/** What a text may hold that is not in its one written form: plain letters with single spaces between them always are. */
const perhapsUntidy = /[^ -~]|^ | {2}| $/;

/**
 * Gives a text its one written form, so that the same word is recognised as the same word: Unicode's composed form
 * (NFC), runs of white space as one space, none at the ends, no control characters, no soft hyphens or zero-width
 * spaces. Letter case, emoji with their joiners, and right-to-left marks stay. Half surrogate pairs become U+FFFD.
 * Returns the empty string when nothing visible is left. Tidying a tidied text changes nothing.
 */
export function tidyText(text: string): string {
  if (!perhapsUntidy.test(text)) return text;
  const tidied = text.toWellFormed().replace(invisible, "").normalize("NFC").replace(whiteSpace, " ").trim();
  return nothingVisible.test(tidied) ? "" : tidied;
}
