/** Texts without repetition, and where each of them came from. */
export interface DistinctTexts {
  readonly texts: readonly string[];
  /** For each distinct text, its places in the list that was handed in, ascending. */
  readonly places: readonly (readonly number[])[];
}

/** Finds repeated texts, so that each is encoded once. The order of first appearance is kept. */
export function distinctTexts(texts: readonly string[]): DistinctTexts {
  const places = new Map<string, number[]>();
  texts.forEach((text, index) => {
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  });
  return { texts: [...places.keys()], places: [...places.values()] };
}
