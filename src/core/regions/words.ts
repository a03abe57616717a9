/** Words that tie others together and say nothing of what a text is about. Rarer ones lose by how common they are. */
const functionWords = new Set(
  `a about above after again all also am an and any are as at be because been before being below between both but by can
  could did do does doing down during each either few for from further had has have having he her here hers him his how i
  if in into is it its just like may me might more most much must my no nor not of off on once one only or other our out
  over own same shall she should so some such than that the their them then there these they this those through to too
  under until up upon us used very was we were what when where which while who whom whose why will with without would
  you your der die das und ist ein eine le la les des du et un une el los las de y en il di`
    .split(/\s+/)
    .filter(Boolean),
);

/** Scripts that write words without spaces between them: Japanese, Chinese, Thai, Lao, Khmer, Burmese. */
const unspaced = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]/;
let segmenter: Intl.Segmenter | undefined;

/** The words of a text that may say what it is about, as they are written, in order: two letters or more each. */
export function contentWords(text: string): readonly string[] {
  const words = unspaced.test(text) ? segmented(text) : (text.match(/\p{L}[\p{L}\p{M}\p{N}'’-]+/gu) ?? []);
  return words.filter((word) => !functionWords.has(word.toLocaleLowerCase()));
}

function segmented(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "word" });
  return Array.from(segmenter.segment(text))
    .filter(({ isWordLike, segment }) => isWordLike && /\p{L}/u.test(segment))
    .map(({ segment }) => segment);
}
