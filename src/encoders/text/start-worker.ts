import { connect, type Remote } from "../../remote/connect";
import type { TextWorkerMethods } from "./protocol";

/** Starts a fresh text worker. */
export function startTextWorker(): Remote<TextWorkerMethods> {
  return connect(
    new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "text encoder" }),
  );
}
