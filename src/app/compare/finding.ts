import type { ComparisonColumn } from "../workbench/types";

/** A stretch of a finding; `stress` marks the user's own words. */
export interface FindingPart {
  readonly text: string;
  readonly stress?: boolean;
}

/** What a comparison shows, in words. */
export interface Finding {
  readonly title: string;
  readonly parts: readonly FindingPart[];
}

/** Closer than this, two similarities show the same two decimals, and calling one nearer would overstate it. */
const noticeable = 0.01;
/** Shorter shared pieces are in most pairs of words and explain nothing. */
const shortestSharedPiece = 3;

/**
 * Says what the encoder's and the foil's rankings of the same candidates amount to. Numbers of the two encoders are
 * never set against each other: only their orders are. Undefined without a candidate or without the foil beside an
 * encoder.
 */
export function findingOf(anchor: string, columns: readonly ComparisonColumn[]): Finding | undefined {
  const [encoder, foil] = columns;
  if (!encoder || !foil || encoder.ranking.length === 0) return undefined;
  if (encoder.ranking.length === 1) return aboutOne(anchor, encoder, foil);
  if (encoder.reads === "words only") return aboutWords(anchor, encoder);
  if (spread(encoder) < noticeable) {
    return {
      title: "A draw.",
      parts: [
        { text: `${encoder.title} sees all of them as equally near to ` },
        { text: anchor, stress: true },
        { text: ` (${numbers(encoder)}).` },
      ],
    };
  }
  const best = encoder.ranking[0].text;
  if (spread(foil) < noticeable) {
    return {
      title: "Spelling has no say.",
      parts: [...puts(encoder, anchor, best), { text: "; letters alone can't tell the candidates apart." }],
    };
  }
  const spelled = foil.ranking[0].text;
  if (spelled === best) {
    return {
      title: "Meaning and spelling agree.",
      parts: [...puts(encoder, anchor, best), { text: "; letters alone do the same." }],
    };
  }
  return {
    title: "Meaning beats spelling.",
    parts: [
      ...puts(encoder, anchor, best),
      { text: "; letters alone put it by " },
      { text: spelled, stress: true },
      { text: because(anchor, spelled, best) },
    ],
  };
}

/** An encoder that gives each word an axis finds nothing like anything, unless words are shared. */
function aboutWords(anchor: string, encoder: ComparisonColumn): Finding {
  const title = "No meaning, only sameness.";
  if (spread(encoder) < noticeable) {
    return {
      title,
      parts: [
        { text: `To ${encoder.title} every word is equally far from ` },
        { text: anchor, stress: true },
        { text: ` (${numbers(encoder)}): this is what embeddings were made for.` },
      ],
    };
  }
  return {
    title,
    parts: [...puts(encoder, anchor, encoder.ranking[0].text), { text: ", for a word they share." }],
  };
}

function aboutOne(anchor: string, encoder: ComparisonColumn, foil: ComparisonColumn): Finding {
  const [{ text, similarity }] = encoder.ranking;
  return {
    title: "One pair.",
    parts: [
      { text: `${encoder.title} gives ` },
      { text: anchor, stress: true },
      { text: " and " },
      { text, stress: true },
      { text: ` ${similarity.toFixed(3)}, letters alone ${foil.ranking[0].similarity.toFixed(3)}.` },
      { text: " Add another candidate to see which is nearer." },
    ],
  };
}

function puts(encoder: ComparisonColumn, anchor: string, best: string): readonly FindingPart[] {
  return [
    { text: `${encoder.title} puts ` },
    { text: anchor, stress: true },
    { text: " by " },
    { text: best, stress: true },
    { text: ` (${numbers(encoder)})` },
  ];
}

/** The best similarity against the next one. */
function numbers({ ranking }: ComparisonColumn): string {
  return `${ranking[0].similarity.toFixed(3)} against ${ranking[1].similarity.toFixed(3)}`;
}

function spread({ ranking }: ComparisonColumn): number {
  return ranking[0].similarity - ranking[1].similarity;
}

/** Names the piece of spelling that misled the foil, where one stands out. */
function because(anchor: string, spelled: string, best: string): string {
  const piece = longestSharedPiece(anchor, spelled);
  const misleads =
    piece.length >= shortestSharedPiece && piece.length > longestSharedPiece(anchor, best).length;
  return misleads ? `, for the shared “${piece}”.` : ".";
}

/**
 * The longest run of letters that is in both texts, whatever its case; the first one where several are as long.
 * Time and memory grow with the product of the lengths, so only the first 200 characters of each are looked at.
 */
export function longestSharedPiece(a: string, b: string): string {
  const left = [...a.toLocaleLowerCase()].slice(0, 200);
  const right = [...b.toLocaleLowerCase()].slice(0, 200);
  let best = { end: 0, length: 0 };
  let previous = new Array<number>(right.length + 1).fill(0);
  for (let i = 1; i <= left.length; i++) {
    const current = new Array<number>(right.length + 1).fill(0);
    for (let j = 1; j <= right.length; j++) {
      if (left[i - 1] !== right[j - 1]) continue;
      current[j] = previous[j - 1] + 1;
      if (current[j] > best.length) best = { end: i, length: current[j] };
    }
    previous = current;
  }
  return left
    .slice(best.end - best.length, best.end)
    .join("")
    .trim();
}
