/** A minimal typed set of listeners. A listener that throws is reported by the browser and does not stop the others. */
export class Emitter<Events> {
  private readonly listeners = new Map<keyof Events, Set<(detail: never) => void>>();

  /** Calls `listener` for each event of this name; the returned function stops that. */
  on<K extends keyof Events>(event: K, listener: (detail: Events[K]) => void): () => void {
    const own = (detail: Events[K]) => listener(detail);
    const known = this.listeners.get(event) ?? new Set();
    this.listeners.set(event, known);
    known.add(own);
    return () => known.delete(own);
  }

  /** Tells every listener of this name. */
  emit<K extends keyof Events>(event: K, detail: Events[K]): void {
    for (const listener of this.listeners.get(event) ?? []) {
      try {
        (listener as (detail: Events[K]) => void)(detail);
      } catch (error) {
        reportError(error);
      }
    }
  }

  /** Forgets every listener. */
  clear(): void {
    this.listeners.clear();
  }
}
