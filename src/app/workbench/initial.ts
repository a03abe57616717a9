import type { SavedCollection } from "../../collection";
import { spaceId } from "../../core/space";
import type { DeviceChoice } from "../../encoders";
import type { ProjectionOptions } from "../../projection";
import { idleEncoder } from "./encoder-slot";
import type { AxisChoice, SpaceRole, WorkbenchState } from "./types";

/** What the page remembers beside the items. */
export interface Settings {
  readonly textEncoder: string;
  readonly imageEncoder: string;
  readonly projection: ProjectionOptions;
  readonly space: SpaceRole | "auto";
  readonly axes: readonly AxisChoice[];
}

const DEFAULT_SETTINGS: Settings = {
  textEncoder: "all-minilm-l6-v2",
  imageEncoder: "efficientnet-lite0",
  projection: { method: "umap", dimensions: 2, metric: "cosine", seed: 42, neighbours: 15, minDistance: 0.1 },
  space: "auto",
  axes: [
    { from: "small", to: "large" },
    { from: "cold", to: "hot" },
  ],
};

/** The settings of the last visit; defaults where they are missing or no longer make sense. */
export function settingsOf(saved: SavedCollection | undefined): Settings {
  const settings = { ...DEFAULT_SETTINGS, ...(saved?.settings as Partial<Settings> | undefined) };
  try {
    idleEncoder(settings.textEncoder);
    idleEncoder(settings.imageEncoder);
    return settings;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** The state before anything is loaded. */
export function initialState(settings: Settings, device: DeviceChoice, persisted: boolean): WorkbenchState {
  const textEncoder = idleEncoder(settings.textEncoder);
  return {
    items: [],
    selection: [],
    hovered: null,
    textEncoder,
    imageEncoder: idleEncoder(settings.imageEncoder),
    deviceChoice: device,
    shown: {
      role: "text",
      space: {
        id: spaceId(textEncoder.id),
        title: textEncoder.title,
        dimension: textEncoder.dimension,
        metric: "cosine",
        modalities: ["text"],
      },
      available: [],
    },
    spaces: [],
    projection: settings.projection,
    axes: settings.axes,
    layout: { status: "empty", fraction: 0, method: settings.projection.method },
    tasks: [],
    problems: [],
    status: "Starting",
    canUndo: false,
    canRedo: false,
    persisted,
    vectorsVersion: 0,
  };
}
