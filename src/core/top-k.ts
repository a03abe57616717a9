/**
 * Keeps the `k` best of any number of offers in O(k) memory. Better means a larger similarity; among equal
 * similarities, a smaller index. Exact whatever the order of the offers. A binary heap whose root is the worst kept.
 */
export class TopK {
  /** An offer below this cannot enter; −Infinity until `k` are kept, +Infinity when `k` is 0. */
  threshold: number;
  private readonly indices: Uint32Array;
  private readonly similarities: Float64Array;
  private size = 0;

  /** Room for `k` ≥ 0 entries. */
  constructor(k: number) {
    this.indices = new Uint32Array(k);
    this.similarities = new Float64Array(k);
    this.threshold = k === 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  /** Considers one candidate. NaN is never kept. */
  offer(index: number, similarity: number): void {
    const { indices, similarities } = this;
    const capacity = indices.length;
    if (Number.isNaN(similarity)) return;
    if (this.size < capacity) {
      indices[this.size] = index;
      similarities[this.size] = similarity;
      this.rise(this.size++);
      if (this.size === capacity) this.threshold = similarities[0];
      return;
    }
    if (capacity === 0 || !this.isWorse(0, index, similarity)) return;
    indices[0] = index;
    similarities[0] = similarity;
    this.sink();
    this.threshold = similarities[0];
  }

  /** What is kept, best first; ties by smaller index. Shorter than `k` when fewer were offered. */
  sorted(): { index: number; similarity: number }[] {
    return Array.from({ length: this.size }, (_, i) => ({
      index: this.indices[i],
      similarity: this.similarities[i],
    })).sort((a, b) => b.similarity - a.similarity || a.index - b.index);
  }

  /** True when the entry kept at `slot` is worse than the candidate. */
  private isWorse(slot: number, index: number, similarity: number): boolean {
    const kept = this.similarities[slot];
    return kept < similarity || (kept === similarity && this.indices[slot] > index);
  }

  private rise(slot: number): void {
    let child = slot;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.isWorse(child, this.indices[parent], this.similarities[parent])) return;
      this.swap(child, parent);
      child = parent;
    }
  }

  private sink(): void {
    let parent = 0;
    for (;;) {
      let worst = parent;
      for (let child = 2 * parent + 1; child <= 2 * parent + 2 && child < this.size; child++) {
        if (this.isWorse(child, this.indices[worst], this.similarities[worst])) worst = child;
      }
      if (worst === parent) return;
      this.swap(parent, worst);
      parent = worst;
    }
  }

  private swap(a: number, b: number): void {
    const index = this.indices[a];
    const similarity = this.similarities[a];
    this.indices[a] = this.indices[b];
    this.similarities[a] = this.similarities[b];
    this.indices[b] = index;
    this.similarities[b] = similarity;
  }
}
