import type { Env, InferenceSession, Tensor, TensorConstructor } from "onnxruntime-common";
import { NamedError } from "../../core/errors";
import type { DevicePlan } from "./device";
import { IDENTITY_MODEL } from "./identity-model";
import { RUNTIME_BUILDS, type RuntimeBuildName, runtimeScript } from "./runtime-files";

/** The part of onnxruntime-web that encoders use; every build has it. */
interface Ort {
  readonly env: Env;
  readonly InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  readonly Tensor: TensorConstructor;
}

/** onnxruntime-web, started, in this worker. */
export interface Runtime {
  /** Makes a tensor's values usable by `Session.run`. */
  readonly Tensor: TensorConstructor;
  /**
   * Compiles a model; `external` are the files that its graph names for weights outside of it. Throws `EncoderFailed`
   * when the runtime does not accept it, and `ModelTooLarge` when it does not fit into memory.
   */
  open(graph: Uint8Array, external?: readonly ExternalData[]): Promise<Session>;
}

/** Weights outside of a graph, under the path that the graph gives. */
export interface ExternalData {
  readonly path: string;
  readonly data: Uint8Array;
}

/** An input or output of a model. */
export interface TensorInfo {
  readonly name: string;
  /** As onnxruntime names types: "float32", "int64" … */
  readonly type: string;
  /** Axes in order; strings name axes whose length depends on the input. Empty where the file does not say. */
  readonly shape: readonly (number | string)[];
}

/** A compiled model. */
export interface Session {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /**
   * Runs the model once; a second run waits for the first. Throws `DeviceLost` when the GPU went away, `WorkerCrashed`
   * when the runtime ran out of memory and is beyond use, and `EncoderFailed` when only this input did not work.
   */
  run(
    inputs: Readonly<Record<string, Tensor>>,
    outputs: readonly string[],
  ): Promise<Readonly<Record<string, Tensor>>>;
  /** Gives its memory back to the runtime, once its runs are through. */
  close(): Promise<void>;
}

/** How long the news of a lost device may take, in milliseconds; a tenth of a second goes unnoticed beside a failure. */
const NEWS_WITHIN = 100;

/**
 * Starts onnxruntime-web in this worker: compiles its WebAssembly and starts its threads, so that a model that is
 * still being fetched need not wait for that. A worker can start it once; after a failure take a fresh worker.
 *
 * Throws `EncoderFailed` when it does not start, or when WebGPU's is not there or damaged, and else what `wasm` rejects
 * with.
 */
export async function startRuntime(
  plan: Pick<DevicePlan, "kind" | "threads" | "build">,
  folder: string,
  wasm: Promise<WebAssembly.Module>,
): Promise<Runtime> {
  const [ort, compiled] = await Promise.all([
    importBuild(plan.build),
    plan.kind === "webgpu" ? wasm.catch(nameMissing) : wasm,
  ]);
  ort.env.logLevel = "error";
  ort.env.wasm.numThreads = plan.threads;
  ort.env.wasm.wasmBinary = standIn(compiled);
  ort.env.wasm.wasmPaths = { mjs: runtimeScript(folder, RUNTIME_BUILDS[plan.build]) };
  const options = sessionOptions(plan.kind);
  try {
    // It stays open: when its last session is released, onnxruntime destroys the WebGPU device.
    await ort.InferenceSession.create(IDENTITY_MODEL, options);
  } catch (cause) {
    throw new NamedError(
      "EncoderFailed",
      `The ${plan.kind === "webgpu" ? "WebGPU" : "WASM"} runtime did not start: ${text(cause)}.`,
      {
        advice: plan.kind === "webgpu" ? "Choose WASM as the device, or retry." : "Retry.",
        cause,
      },
    );
  }
  const gpu = plan.kind === "webgpu" ? watch((await ort.env.webgpu.device) as GPUDevice) : undefined;

  return {
    Tensor: ort.Tensor,
    async open(graph, external = []) {
      try {
        return queued(await ort.InferenceSession.create(graph, { ...options, externalData: external }), gpu);
      } catch (cause) {
        throw nameOpenError(await lossBehind(cause, gpu));
      }
    },
  };
}

/** Each device has a runtime of its own: where WebGPU's is missing or damaged, WASM may still do. */
function nameMissing(cause: unknown): never {
  if (!(cause instanceof NamedError) || !/^Model(NotFound|Corrupt)$/.test(cause.name)) throw cause;
  throw new NamedError("EncoderFailed", `The WebGPU runtime could not be had: ${text(cause)}.`, {
    advice: "Choose WASM as the device, or retry.",
    cause,
  });
}

/**
 * Bytes to hand to onnxruntime in the place of its WebAssembly: it takes an address or bytes, but not what is compiled
 * already. When it asks the browser to compile them, it is given the module.
 */
function standIn(compiled: WebAssembly.Module): Uint8Array {
  const { instantiate } = WebAssembly;
  const nothing = new Uint8Array();
  const give = async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
    if (!(source instanceof Uint8Array) || source.length > 0)
      return instantiate(source as BufferSource, imports);
    WebAssembly.instantiate = instantiate;
    return { module: compiled, instance: await instantiate(compiled, imports) };
  };
  WebAssembly.instantiate = give as typeof instantiate;
  return nothing;
}

function sessionOptions(kind: DevicePlan["kind"]): InferenceSession.SessionOptions {
  return {
    executionProviders: [kind],
    graphOptimizationLevel: "all",
    logSeverityLevel: 3,
    // Batches come in many shapes, and a plan of the memory would be kept for each.
    enableMemPattern: false,
    extra: {
      session: {
        // Turns quantised weights into float32 once, at the start. Without it onnxruntime unpacks them in every run: a
        // batch of one short text then takes seven times as long.
        disable_quant_qdq: "1",
      },
    },
  };
}

async function importBuild(build: RuntimeBuildName): Promise<Ort> {
  switch (build) {
    case "wasm":
      return await import("onnxruntime-web/wasm");
    case "jspi":
      return await import("onnxruntime-web/jspi");
    case "asyncify":
      return await import("onnxruntime-web/webgpu");
  }
}

/** A GPU device that may go away. */
interface WatchedDevice {
  /** Rejects with `DeviceLost` when it is told to be lost, and else stays open. */
  readonly lost: Promise<never>;
  /** Rejects when the device does not answer any more, told or not. */
  answers(): Promise<void>;
}

function watch(device: GPUDevice): WatchedDevice {
  const lost = device.lost.then(({ message }): never => {
    throw deviceLost(message);
  });
  // Whoever runs a model hears of the loss; meanwhile it must not count as unhandled.
  lost.catch(() => {});
  return {
    lost,
    async answers() {
      const buffer = device.createBuffer({ size: 4, usage: GPUBufferUsage.MAP_READ });
      await buffer.mapAsync(GPUMapMode.READ);
      buffer.destroy();
    },
  };
}

function deviceLost(message: string): NamedError {
  return new NamedError("DeviceLost", `The graphics device was lost${message ? `: ${message}` : ""}.`, {
    advice: "Retry, or choose WASM as the device.",
  });
}

function queued(session: InferenceSession, gpu: WatchedDevice | undefined): Session {
  let last: Promise<unknown> = Promise.resolve();
  let broken: NamedError | undefined;

  const runNow = async (inputs: Readonly<Record<string, Tensor>>, outputs: readonly string[]) => {
    if (broken) throw broken;
    try {
      const run = session.run(inputs, outputs);
      return await (gpu ? Promise.race([run, gpu.lost]) : run);
    } catch (cause) {
      const error = nameRunError(await lossBehind(cause, gpu));
      if (error.name !== "EncoderFailed") broken = error;
      throw error;
    }
  };

  return {
    inputs: session.inputMetadata.map(tensorInfo),
    outputs: session.outputMetadata.map(tensorInfo),
    run(inputs, outputs) {
      const result = last.then(() => runNow(inputs, outputs));
      last = result.catch(() => {});
      return result;
    },
    async close() {
      await last;
      await session.release();
    },
  };
}

/**
 * The loss of the device when it is what made a run fail. The news of it may come after the failure, on a busy machine
 * long after it: then the device is asked for something itself.
 */
async function lossBehind(cause: unknown, gpu: WatchedDevice | undefined): Promise<unknown> {
  if (!gpu) return cause;
  try {
    await Promise.race([gpu.lost, new Promise((resolve) => setTimeout(resolve, NEWS_WITHIN))]);
    await Promise.race([gpu.lost, gpu.answers()]);
    return cause;
  } catch (loss) {
    return loss instanceof NamedError ? loss : deviceLost(text(loss));
  }
}

function tensorInfo(value: InferenceSession.ValueMetadata): TensorInfo {
  return value.isTensor
    ? { name: value.name, type: value.type, shape: value.shape }
    : { name: value.name, type: "other", shape: [] };
}

/** What a model that did not open failed of. */
function nameOpenError(cause: unknown): NamedError {
  if (cause instanceof NamedError) return cause;
  if (isOutOfMemory(cause)) {
    return new NamedError("ModelTooLarge", `The model does not fit into memory: ${text(cause)}.`, {
      advice: "Close other tabs, or choose a smaller model or number format.",
      cause,
    });
  }
  return new NamedError("EncoderFailed", `The model could not be started: ${text(cause)}.`, {
    advice: "Retry, or choose another device.",
    cause,
  });
}

function nameRunError(cause: unknown): NamedError {
  if (cause instanceof NamedError) return cause;
  if (isOutOfMemory(cause)) {
    return new NamedError("WorkerCrashed", `The encoder ran out of memory or stopped: ${text(cause)}.`, {
      advice: "Retry; a fresh worker will be started.",
      cause,
    });
  }
  return new NamedError("EncoderFailed", `The encoder failed: ${text(cause)}.`, { cause });
}

/** The WebAssembly heap is beyond use after a trap or an abort; onnxruntime itself throws plain `Error`s. */
function isOutOfMemory(cause: unknown): boolean {
  const trapped = cause instanceof WebAssembly.RuntimeError || cause instanceof RangeError;
  return trapped || /\bAborted\(|out of memory|bad_alloc|failed to allocate/i.test(text(cause));
}

function text(cause: unknown): string {
  return (cause instanceof Error ? cause.message : String(cause)).replace(/[.\s]+$/, "");
}
