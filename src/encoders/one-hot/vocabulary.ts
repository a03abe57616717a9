/** Where the words are kept for the next visit, whose items have vectors by these axes. */
const KEY = "nearfield.one-hot";

/** What a browser's local storage offers. */
export type WordStorage = Pick<Storage, "getItem" | "setItem">;

/**
 * Gives every distinct word an axis of its own, in the order in which words come, and keeps it for the next visit. Words beyond
 * the number of axes share one with an earlier word, always the same. Where nothing can be kept (storage full or forbidden) the
 * axes hold for this visit.
 */
export class Vocabulary {
  readonly #axes = new Map<string, number>();
  readonly #size: number;
  readonly #storage: WordStorage | undefined;
  #isKept = true;

  constructor(size: number, storage?: WordStorage) {
    this.#size = size;
    this.#storage = storage;
    this.#read();
  }

  /** The word's axis, from 0. */
  axisOf(word: string): number {
    const known = this.#axes.get(word);
    if (known !== undefined) return known;
    if (this.#axes.size >= this.#size) return sharedAxis(word, this.#size);
    // Another tab may have given the next axis away meanwhile.
    if (this.#isKept) this.#read();
    const axis = this.#axes.get(word) ?? this.#axes.size;
    if (axis >= this.#size) return sharedAxis(word, this.#size);
    this.#axes.set(word, axis);
    this.#isKept = false;
    return axis;
  }

  /** Keeps what came in since it was last called. */
  keep(): void {
    if (this.#isKept) return;
    try {
      this.#storage?.setItem(KEY, JSON.stringify([...this.#axes.keys()]));
    } catch {
      // Full or forbidden: the axes hold for this visit.
    }
    this.#isKept = true;
  }

  #read(): void {
    for (const word of readWords(this.#storage))
      if (!this.#axes.has(word) && this.#axes.size < this.#size) this.#axes.set(word, this.#axes.size);
  }
}

function readWords(storage: WordStorage | undefined): readonly string[] {
  try {
    const words: unknown = JSON.parse(storage?.getItem(KEY) ?? "[]");
    return Array.isArray(words) ? words.filter((word) => typeof word === "string") : [];
  } catch {
    return [];
  }
}

function sharedAxis(word: string, size: number): number {
  let sum = 0;
  for (let i = 0; i < word.length; i++) sum = (sum * 31 + word.charCodeAt(i)) % size;
  return sum;
}
