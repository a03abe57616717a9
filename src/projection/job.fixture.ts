import type { Matrix } from "../core/matrix";
import { DEFAULT_PROJECTION } from "./defaults";
import { Gate } from "./gate";
import { runJob } from "./job";
import { JobMemory } from "./memory";
import type { ProjectionJob } from "./protocol";
import type { ProjectionOptions, ProjectionResult } from "./types";

/** Runs jobs one after the other as a worker would, with its memory; for tests. */
export class JobRunner {
  readonly memory = new JobMemory();

  /** Takes rows over as the client hands them over: all of them, or those after the first `known`. */
  hold(matrix: Matrix, known = 0): void {
    const { data, rows, dimension } = matrix;
    const added = data.slice(known * dimension, rows * dimension);
    this.memory.hold({ data: added, rows: rows - known, dimension }, known, rows);
  }

  run(
    options: Partial<ProjectionOptions>,
    job: Omit<ProjectionJob, "options"> = {},
    report: Parameters<typeof runJob>[2] = () => undefined,
  ): Promise<ProjectionResult> {
    const control = { signal: new AbortController().signal, gate: new Gate() };
    return runJob({ ...job, options: { ...DEFAULT_PROJECTION, ...options } }, control, report, this.memory);
  }
}
