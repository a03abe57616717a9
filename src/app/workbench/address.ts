import type { DeviceChoice } from "../../encoders";
import { parseTyped } from "../../formats";
import { readDevice } from "./device-wish";

/** What the page's address asks for; see the URL parameters in docs/scripting.md. */
export interface AddressWishes {
  /** `?words=football,soccer`: plots these at once, in place of what was left. */
  readonly words: readonly string[];
  /** `?sample=NAME`: opens a built-in sample, in place of what was left. */
  readonly sample?: string;
  /** `?device=auto|webgpu|wasm`; anything else counts as "auto". */
  readonly device: DeviceChoice;
}

/** Reads a query string such as `?words=football,soccer&device=wasm`. Unknown parameters are left alone. */
export function readAddress(search: string): AddressWishes {
  const parameters = new URLSearchParams(search);
  return {
    words: parseTyped(parameters.get("words") ?? ""),
    sample: parameters.get("sample") ?? undefined,
    device: readDevice(search),
  };
}
