import { classTerms } from "./class-terms";
import { contentWords } from "./words";

/** What a document says: a text, or terms that are not to be parted. */
export type Document = string | readonly string[];

/** Terms of a name; more can't be read at a glance. */
const MOST_TERMS = 3;
/** A term must be in this share of a region's documents, and in two of them, to stand for it. */
const FEWEST_SHARE = 0.08;
/** By so much more often than elsewhere a term must be in a region's documents: what is everywhere names no part. */
const LEAST_LIFT = 1.5;
/** Labels of typical items, where no term is shared. */
const MOST_LABELS = 2;
/** A label that is a whole sentence is cut here. */
const LONGEST_LABEL = 28;
/** Candidates by c-TF-IDF of which the shared ones are taken. */
const CANDIDATES = 24;

interface NamingInput {
  readonly documents: readonly Document[];
  /** Each document's region from 0; −1 for none. */
  readonly regions: ArrayLike<number>;
  /** Number of regions. */
  readonly count: number;
  /** For each region the labels of its most typical items, best first. */
  readonly labels: readonly (readonly string[])[];
}

/**
 * Names regions of a map: by the terms most typical of their documents (c-TF-IDF), as far as several documents share them
 * and others do less; else by the labels of their most typical items, as for single words. "football · soccer".
 */
export function regionNames({ documents, regions, count, labels }: NamingInput): readonly string[] {
  const sizes = new Array<number>(count).fill(0);
  for (let at = 0; at < documents.length; at++) if (regions[at] >= 0) sizes[regions[at]]++;
  const terms = classTerms(
    documents.map((document) => (typeof document === "string" ? contentWords(document) : document)),
    regions,
    CANDIDATES,
  );
  return Array.from({ length: count }, (_, region) => {
    const size = sizes[region];
    const fewest = Math.max(2, FEWEST_SHARE * size);
    const others = Math.max(1, documents.length - size);
    const parts: string[] = [];
    for (const { term, documents: shared, elsewhere } of terms[region] ?? []) {
      if (parts.length === MOST_TERMS) break;
      if (shared < fewest || shared / size < (LEAST_LIFT * elsewhere) / others) continue;
      if (!parts.some((part) => isVariant(part, term))) parts.push(term);
    }
    for (const label of labels[region] ?? []) {
      if (parts.length >= MOST_LABELS) break;
      if (!parts.some((part) => isVariant(part, label) || holds(label, part))) parts.push(shortened(label));
    }
    return parts.join(" · ");
  });
}

/** True for "shoe" and "shoes", "Ball" and "ball", "photo 3" and "photo 12": as a name they say the same. */
function isVariant(a: string, b: string): boolean {
  const [short, long] = [bare(a), bare(b)].sort((x, y) => x.length - y.length);
  return long.startsWith(short) && long.length - short.length <= 2;
}

/** In lower case and without numbers, unless it is nothing else. */
function bare(text: string): string {
  const lower = text.toLocaleLowerCase();
  return lower.replace(/\d+/g, "").trim() || lower;
}

/** True when a term is one of a label's words: "ring-necked snake" says little beside "snake". */
function holds(label: string, term: string): boolean {
  return label.toLocaleLowerCase().split(/\s+/).includes(term.toLocaleLowerCase());
}

function shortened(label: string): string {
  if (label.length <= LONGEST_LABEL) return label;
  const cut = label.slice(0, LONGEST_LABEL);
  const space = cut.lastIndexOf(" ");
  return `${space > LONGEST_LABEL / 2 ? cut.slice(0, space) : cut}…`;
}
