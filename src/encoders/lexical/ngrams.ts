/** Lengths of the n-grams, in characters. Longer ones hardly repeat across words and would only blur likeness. */
const LENGTHS = [2, 3, 4];

/**
 * The character n-grams of a text: its words, in lower case and without compatibility variants (NFKC), are set between
 * `<` and `>` and cut into all pieces of 2 to 4 characters, as fastText's subwords are (Bojanowski et al. 2017,
 * arXiv:1607.04606, §3.2). Calls `visit` once for each piece, repeated ones too.
 */
export function forEachNgram(text: string, visit: (ngram: string) => void): void {
  for (const word of text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s\p{Cc}]+/u)) {
    if (word === "") continue;
    const characters = ["<", ...word, ">"];
    for (const length of LENGTHS) {
      for (let start = 0; start + length <= characters.length; start++) {
        visit(characters.slice(start, start + length).join(""));
      }
    }
  }
}
