/** A map of bounded size that forgets what was used longest ago. Values may be anything but undefined. */
export class Lru<K, V> {
  private readonly entries = new Map<K, V>();
  private readonly capacity: number;

  /** @param capacity how many entries are kept; at least 1. */
  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  get size(): number {
    return this.entries.size;
  }

  /** The value, which thereby counts as just used. */
  get(key: K): V | undefined {
    const value = this.entries.get(key);
    if (value !== undefined) {
      // A Map keeps the order of insertion: the first entry is then always the one used longest ago.
      this.entries.delete(key);
      this.entries.set(key, value);
    }
    return value;
  }

  /** The entry used longest ago. */
  oldest(): { key: K; value: V } | undefined {
    for (const [key, value] of this.entries) return { key, value };
    return undefined;
  }

  /** Adds or replaces; when that is one too many, the entry used longest ago goes. */
  set(key: K, value: V): void {
    this.entries.delete(key);
    if (this.entries.size >= this.capacity) {
      const oldest = this.oldest();
      if (oldest) this.entries.delete(oldest.key);
    }
    this.entries.set(key, value);
  }

  /** Forgets one entry; true when it was there. */
  delete(key: K): boolean {
    return this.entries.delete(key);
  }

  clear(): void {
    this.entries.clear();
  }
}
