import { throwIfCancelled } from "../core/errors";
import { type Handlers, moved } from "../remote/protocol";
import { Gate } from "./gate";
import { runJob } from "./job";
import { JobMemory } from "./memory";
import { loadMethod } from "./methods/load";
import type { ProjectionMethods } from "./protocol";
import { trueNeighbours } from "./true-neighbours";
import { checkRows } from "./validate";

/** What the projection worker does: one job after the other. */
export function projectionHandlers(): Handlers<ProjectionMethods> {
  const memory = new JobMemory();
  /** Settled when the job before has ended. */
  let before: Promise<unknown> = Promise.resolve();
  /** Of the job that came last. */
  let gate = new Gate();
  return {
    hold({ added, known, expected }) {
      checkRows(added, known, expected);
      memory.hold(added, known, expected);
      if (memory.matrix.data.buffer !== added.data.buffer) giveBack(added.data.buffer as ArrayBuffer);
      return undefined;
    },
    async prepare({ method }) {
      await Promise.all([loadMethod(method), loadMethod("pca")]);
      return undefined;
    },
    keep({ rows }) {
      memory.keep(rows);
      return undefined;
    },
    project(job, { signal, progress }) {
      const own = new Gate();
      if (job.isPaused) own.close();
      gate = own;
      const result = before.then(async () => {
        throwIfCancelled(signal);
        const output = await runJob(
          job,
          { signal, gate: own },
          (report) => progress(report, report.positions ? [report.positions.buffer] : []),
          memory,
        );
        return moved(output, [output.positions.buffer]);
      });
      before = result.catch(() => undefined);
      return result;
    },
    pause({ isPaused }) {
      if (isPaused) gate.close();
      else gate.open();
      return undefined;
    },
    trueNeighbours: ({ row }) => trueNeighbours(memory, row),
    async settle() {
      await before;
      return undefined;
    },
  };
}

/**
 * Frees an array's memory at once: the next collection of garbage may be long in coming. Moving it to nobody does that; its own
 * `transfer(0)` was seen to keep the memory.
 */
function giveBack(buffer: ArrayBuffer): void {
  const { port1, port2 } = new MessageChannel();
  port1.postMessage(undefined, [buffer]);
  port1.close();
  port2.close();
}
