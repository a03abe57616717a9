import { NamedError } from "../../core/errors";
import { requestGpuAdapter } from "../../core/gpu-adapter";
import type { DeviceChoice, DeviceUsed } from "../types";
import type { RuntimeBuildName } from "./runtime-files";

/** What the browser offers to run an encoder on. */
export interface DeviceFacts {
  /** The WebGPU adapter: none, one that runs in software, or a real one. */
  readonly adapter: "none" | "fallback" | "real";
  /** What the adapter calls itself; empty when it does not say. */
  readonly adapterTitle: string;
  /** True when the browser can suspend WebAssembly while it waits for the GPU (JSPI). */
  readonly stackSwitching: boolean;
  /** True when the page may share memory between threads (COOP and COEP are set). */
  readonly isolated: boolean;
  /** Logical processors. */
  readonly processors: number;
  /** True when the adapter computes in float16. */
  readonly shaderF16: boolean;
  /** Most bytes that one of the adapter's buffers holds; 0 without an adapter. */
  readonly largestBuffer: number;
  /** The machine's memory in bytes, rounded, 8 GiB at most; absent where the browser does not say. */
  readonly memory?: number;
}

/** The device an encoder will run on, and the runtime's build it takes. */
export interface DevicePlan extends DeviceUsed {
  readonly kind: "webgpu" | "wasm";
  readonly build: RuntimeBuildName;
}

/** More threads than this wait for each other more than they help on matrices of a few hundred columns. */
const MOST_THREADS = 8;

/** Looks once at what this browser has. Works on the page and in workers. */
export async function deviceFacts(): Promise<DeviceFacts> {
  const adapter = await requestGpuAdapter();
  const { vendor = "", architecture = "", description = "" } = adapter?.info ?? {};
  return {
    adapter: !adapter ? "none" : adapter.info.isFallbackAdapter ? "fallback" : "real",
    adapterTitle: description || [vendor, architecture].filter((part) => part !== "").join(" "),
    stackSwitching: typeof WebAssembly === "object" && "Suspending" in WebAssembly,
    isolated: globalThis.crossOriginIsolated === true,
    processors: navigator.hardwareConcurrency || 1,
    shaderF16: adapter?.features.has("shader-f16") ?? false,
    largestBuffer: adapter
      ? Math.min(adapter.limits.maxBufferSize, adapter.limits.maxStorageBufferBindingSize)
      : 0,
    ...memoryFact(),
  };
}

function memoryFact(): { readonly memory?: number } {
  const gibibytes = (navigator as { readonly deviceMemory?: number }).deviceMemory;
  return gibibytes === undefined ? {} : { memory: gibibytes * 2 ** 30 };
}

/**
 * Chooses the device: WebGPU on a real adapter, else WASM; a fallback adapter, which is far slower than WASM, only
 * when WebGPU is asked for by name. Throws `DeviceUnavailable` when it is asked for and there is no adapter at all.
 */
export function chooseDevice(choice: DeviceChoice, facts: DeviceFacts): DevicePlan {
  if (choice === "wasm") return wasmPlan(facts, "You chose WASM.");
  if (facts.adapter === "none") {
    if (choice === "auto") return wasmPlan(facts, "This browser offers no WebGPU adapter.");
    throw new NamedError(
      "DeviceUnavailable",
      "WebGPU was asked for, but this browser offers no WebGPU adapter.",
      {
        advice: "Choose Auto or WASM as the device.",
      },
    );
  }
  if (facts.adapter === "fallback" && choice === "auto") {
    return wasmPlan(facts, "WebGPU would run in software here, which is far slower than WASM.");
  }
  return {
    kind: "webgpu",
    threads: 1,
    title: `WebGPU (${facts.adapter === "fallback" ? "software" : facts.adapterTitle || "GPU"})`,
    reason: choice === "webgpu" ? "You chose WebGPU." : "WebGPU is the fastest device of this browser.",
    build: facts.stackSwitching ? "jspi" : "asyncify",
  };
}

/** The plan for WASM: threads where the page is isolated, else one. */
export function wasmPlan(facts: DeviceFacts, reason: string): DevicePlan {
  const threads = facts.isolated ? usefulThreads(facts.processors) : 1;
  const why = facts.isolated ? "" : " The page is not cross-origin isolated, so there is one thread.";
  return {
    kind: "wasm",
    threads,
    title: `WASM, ${threads} ${threads === 1 ? "thread" : "threads"}`,
    reason: `${reason}${why}`,
    build: "wasm",
  };
}

/**
 * How many threads of an encoder are worth having on a machine of so many logical processors.
 *
 * Half of the logical processors: the other half are usually second threads of the same cores, or slow cores that the
 * fast ones would wait for at the end of every matrix product. Two processors are both used.
 */
export function usefulThreads(processors: number): number {
  return Math.min(processors, Math.max(2, Math.ceil(processors / 2)), MOST_THREADS);
}
