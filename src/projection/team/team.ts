import type { RoundMemory } from "../../core/umap/rounds";
import { blockCount } from "../../core/umap/schedule";
import { connect, type Remote } from "../../remote/connect";
import type { TeamMethods } from "./protocol";

/**
 * Threads that take part in the rounds of one layout, as many as there are processors and blocks. They start at once and join in when
 * they are ready; until then, and where threads cannot share memory, there is nobody in it. Close it, whatever happens.
 */
export class Team {
  readonly #remotes: readonly Remote<TeamMethods>[];

  /** `rows` is how many will move. */
  constructor(rows: number) {
    const canShare = typeof Worker !== "undefined" && globalThis.crossOriginIsolated === true;
    const count = canShare ? Math.min(blockCount(rows), navigator.hardwareConcurrency || 1) - 1 : 0;
    this.#remotes = Array.from({ length: count }, () =>
      connect<TeamMethods>(new Worker(new URL("./helper.ts", import.meta.url), { type: "module" })),
    );
  }

  /** True when a layout should lie in memory that threads share. */
  get isShared(): boolean {
    return this.#remotes.length > 0;
  }

  /** Lets the others take part. One that does not start is not missed: nobody waits for what it has not taken. */
  join(rounds: RoundMemory): void {
    for (const remote of this.#remotes) remote.call("help", rounds).catch(() => undefined);
  }

  close(): void {
    for (const remote of this.#remotes) remote.close();
  }
}
