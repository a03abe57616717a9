import { Lru } from "./lru";

/** Side of a page of an atlas in pixels: every WebGL 2 device has textures of at least this size. */
export const PAGE_SIDE = 2048;

/** Which picture lies in which numbered cell of an atlas. */
export class AtlasSlots {
  readonly perPage: number;
  private readonly taken: Lru<string, number>;
  private readonly total: number;

  constructor(perPage: number, pages: number) {
    this.perPage = perPage;
    this.total = perPage * pages;
    this.taken = new Lru(this.total);
  }

  /** The cell of a picture, which thereby counts as just used. */
  find(key: string): number | undefined {
    return this.taken.get(key);
  }

  /** A cell for a picture: the one it has, a free one, or that of the picture used longest ago. */
  take(key: string): { slot: number; evicted?: string } {
    const known = this.taken.get(key);
    if (known !== undefined) return { slot: known };
    if (this.taken.size < this.total) {
      const slot = this.taken.size;
      this.taken.set(key, slot);
      return { slot };
    }
    const oldest = this.taken.oldest();
    if (oldest === undefined) throw new RangeError("an atlas needs at least one cell");
    this.taken.delete(oldest.key);
    this.taken.set(key, oldest.value);
    return { slot: oldest.value, evicted: oldest.key };
  }

  clear(): void {
    this.taken.clear();
  }
}
