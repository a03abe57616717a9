/**
 * Starts something whose failure the page shows by itself, in the encoder's state or among the problems, so that no
 * rejection is left unhandled. Scripts, which call the workbench directly, still get it.
 */
export function shown(work: Promise<unknown>): void {
  work.catch(() => undefined);
}
