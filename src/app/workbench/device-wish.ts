import type { DeviceChoice } from "../../encoders/types";

/** What a query string such as `?device=wasm` asks encoders to run on; anything unknown counts as "auto". */
export function readDevice(search: string): DeviceChoice {
  const device = new URLSearchParams(search).get("device");
  return device === "webgpu" || device === "wasm" ? device : "auto";
}
