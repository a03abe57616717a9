import type { DeviceChoice } from "../../encoders/types";
import { shown } from "../shown";
import type { SpaceRole } from "../workbench/types";
import type { Command } from "./types";

/** The three spaces of the current encoders and that of ready vectors, in the order the header shows them. */
export const spaceRoles: readonly { readonly role: SpaceRole; readonly title: string }[] = [
  { role: "joint", title: "Joint" },
  { role: "text", title: "Text" },
  { role: "image", title: "Images" },
  { role: "vectors", title: "Vectors" },
];

/** The devices that can be asked for. */
export const deviceChoices: readonly { readonly value: DeviceChoice; readonly title: string }[] = [
  { value: "auto", title: "Auto" },
  { value: "webgpu", title: "WebGPU" },
  { value: "wasm", title: "WASM" },
];

/** Which space is shown, and what the encoders run on. */
export const spaceCommands: readonly Command[] = [
  ...spaceRoles.map(
    ({ role, title }): Command => ({
      name: `space.${role}`,
      label: `Space: ${title}`,
      group: "Space",
      keywords: "show vectors",
      enabled: (state) => state.shown.available.includes(role),
      current: (state) => state.shown.role === role,
      perform: ({ workbench }) => workbench.showSpace(role),
    }),
  ),
  ...deviceChoices.map(
    ({ value, title }): Command => ({
      name: `device.${value}`,
      label: `Device: ${title}`,
      group: "Space",
      keywords: "gpu cpu encoder hardware",
      enabled: () => true,
      current: (state) => state.deviceChoice === value,
      perform: ({ workbench }) => shown(workbench.setDevice(value)),
    }),
  ),
];
