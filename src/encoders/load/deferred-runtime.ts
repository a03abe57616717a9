import type { Runtime } from "./runtime";

/**
 * A runtime that is started by the first model that it is to open, and once only: a worker can't start it again. Throws
 * `TypeError` when a tensor is made before a model was open.
 */
export function deferRuntime(start: () => Promise<Runtime>): Runtime {
  let starting: Promise<Runtime> | undefined;
  let runtime: Runtime | undefined;
  return {
    get Tensor() {
      if (!runtime) throw new TypeError("a tensor was made before the runtime was started");
      return runtime.Tensor;
    },
    async open(graph, external) {
      starting ??= start();
      runtime = await starting;
      return await runtime.open(graph, external);
    },
  };
}
