import { requestGpuAdapter } from "../../../core/gpu-adapter";
import type { ProjectionDevice } from "../../types";

/**
 * The adapter to search on: a real one, or with "webgpu" any; undefined where there is none, and for "wasm". An adapter that
 * runs in software is far slower than WebAssembly and serves to check the GPU's way by.
 */
export async function usableAdapter(device: ProjectionDevice): Promise<GPUAdapter | undefined> {
  if (device === "wasm") return undefined;
  const adapter = await requestGpuAdapter();
  if (!adapter || (device === "auto" && adapter.info.isFallbackAdapter)) return undefined;
  return adapter;
}
