import { throwIfCancelled } from "../core/errors";
import { type Handlers, moved } from "../remote/protocol";
import { runJob } from "./job";
import type { ProjectionMethods } from "./protocol";

/** What the projection worker does: one job after the other. */
export function projectionHandlers(): Handlers<ProjectionMethods> {
  /** Settled when the job before has ended. */
  let before: Promise<unknown> = Promise.resolve();
  return {
    project(job, { signal, progress }) {
      const result = before.then(async () => {
        throwIfCancelled(signal);
        const output = await runJob(job, signal, (report) =>
          progress(report, report.positions ? [report.positions.buffer] : []),
        );
        return moved(output, [output.positions.buffer]);
      });
      before = result.catch(() => undefined);
      return result;
    },
    async settle() {
      await before;
      return undefined;
    },
  };
}
