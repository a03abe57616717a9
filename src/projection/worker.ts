import { throwIfCancelled } from "../core/errors";
import { moved } from "../remote/protocol";
import { serve } from "../remote/serve";
import { runJob } from "./job";
import type { ProjectionMethods } from "./protocol";

/** Settled when the job before has ended: jobs run one after the other. */
let before: Promise<unknown> = Promise.resolve();

serve<ProjectionMethods>({
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
});
