/** The classes of rows by number from 0, in the order in which they first appear; −1 where a row has none. */
export function classNumbers(classes: readonly (string | undefined)[] | undefined): {
  readonly classes: Int32Array | undefined;
  /** How many different classes there are. */
  readonly count: number;
} {
  if (!classes) return { classes: undefined, count: 0 };
  const numbers = new Map<string, number>();
  const found = Int32Array.from(classes, (name) => {
    if (name === undefined) return -1;
    const number = numbers.get(name) ?? numbers.size;
    numbers.set(name, number);
    return number;
  });
  return { classes: found, count: numbers.size };
}
