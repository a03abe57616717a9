/** A term that is typical of a class. */
export interface ClassTerm {
  /** As it was first written. */
  readonly term: string;
  /** c-TF-IDF: larger is more typical. */
  readonly weight: number;
  /** In how many of the class's documents it is. */
  readonly documents: number;
  /** In how many documents of other classes, or of none. */
  readonly elsewhere: number;
}

/**
 * The terms most typical of each class of documents by c-TF-IDF (Grootendorst, 2022, BERTopic, arXiv:2203.05794): a term's
 * share of its class's words times log(1 + A / f), f its count in all classes and A the mean number of words a
 * class. Terms are compared in lower case. `classes` holds each document's class from 0, −1 for none; those documents
 * count towards f alone. At most `most` terms a class, ties in order of appearance.
 */
export function classTerms(
  documents: readonly (readonly string[])[],
  classes: ArrayLike<number>,
  most: number,
): readonly (readonly ClassTerm[])[] {
  const everywhere = new Map<string, number>();
  const holders = new Map<string, number>();
  const written = new Map<string, string>();
  const within: Map<string, { count: number; documents: number }>[] = [];
  const sizes: number[] = [];
  documents.forEach((terms, document) => {
    const number = classes[document];
    const seen = new Set<string>();
    for (const term of terms) {
      const key = term.toLocaleLowerCase();
      if (!written.has(key)) written.set(key, term);
      everywhere.set(key, (everywhere.get(key) ?? 0) + 1);
      const isFirst = !seen.has(key);
      seen.add(key);
      if (isFirst) holders.set(key, (holders.get(key) ?? 0) + 1);
      if (number < 0) continue;
      within[number] ??= new Map();
      sizes[number] = (sizes[number] ?? 0) + 1;
      const entry = within[number].get(key) ?? { count: 0, documents: 0 };
      entry.count++;
      if (isFirst) entry.documents++;
      within[number].set(key, entry);
    }
  });
  const all = sizes.reduce((sum, size) => sum + (size ?? 0), 0);
  const mean = all / Math.max(1, within.length);
  return Array.from(within, (entries, number) =>
    [...(entries ?? [])]
      .map(([key, { count, documents }]) => ({
        term: written.get(key) ?? key,
        weight: (count / sizes[number]) * Math.log(1 + mean / (everywhere.get(key) ?? 1)),
        documents,
        elsewhere: (holders.get(key) ?? 0) - documents,
      }))
      .sort((a, b) => b.weight - a.weight)
      .slice(0, most),
  );
}
