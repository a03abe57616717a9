import type { SavedCollection } from "../../collection";
import { nameAndEdition } from "../../core/space";
import { type DeviceChoice, page } from "../../encoders";
import { FIRST_TEXT_ENCODER } from "../../encoders/catalogue";
import type { ProjectionOptions } from "../../projection";
import { idleEncoder, type KnownEncoder, knownEncoder } from "./encoder-slot";
import type { AxisChoice, EncoderState, GapHandling, SpaceRole, WorkbenchState } from "./types";

/** What the page remembers beside the items. */
export interface Settings {
  readonly textEncoder: KnownEncoder;
  readonly imageEncoder: KnownEncoder;
  readonly projection: ProjectionOptions;
  readonly space: SpaceRole | "auto";
  readonly gap: GapHandling;
  readonly axes: readonly AxisChoice[];
}

const DEFAULT_SETTINGS: Settings = {
  textEncoder: knownEncoder({ source: page(FIRST_TEXT_ENCODER) }),
  imageEncoder: knownEncoder({ source: page("efficientnet-lite0") }),
  projection: { method: "umap", dimensions: 2, metric: "cosine", seed: 42, neighbours: 15, minDistance: 0.1 },
  space: "auto",
  gap: "raw",
  axes: [
    { from: "small", to: "large" },
    { from: "cold", to: "hot" },
  ],
};

/** The settings of the last visit; defaults where they are missing or no longer make sense. */
export function settingsOf(saved: SavedCollection | undefined): Settings {
  const settings = { ...DEFAULT_SETTINGS, ...(saved?.settings as Partial<Settings> | undefined) };
  return {
    ...settings,
    textEncoder: keptEncoder(settings.textEncoder) ?? DEFAULT_SETTINGS.textEncoder,
    imageEncoder: keptEncoder(settings.imageEncoder) ?? DEFAULT_SETTINGS.imageEncoder,
  };
}

/** An encoder as an earlier visit left it; undefined where this page can't open it by what was kept. */
function keptEncoder(kept: KnownEncoder | string): KnownEncoder | undefined {
  try {
    // Pages before this one kept the id of an encoder of the page.
    if (typeof kept === "string") return knownEncoder({ source: page(kept) });
    const known = knownEncoder(kept.spec, kept);
    // A layer's space is named in full once its model was open; its edition is this page's.
    const [former, own] = [nameAndEdition(kept.space), nameAndEdition(known.space)];
    const space = former.edition === own.edition ? kept.space : known.space;
    return { ...known, dimension: kept.dimension, space };
  } catch {
    return undefined;
  }
}

/** What is kept of an encoder for the next visit; undefined for files of the user's own, which stay with the user. */
export function encoderToKeep(state: EncoderState): KnownEncoder | undefined {
  const { spec, title, dimension, space } = state;
  return spec.source.from === "files" ? undefined : { spec, title, dimension, space };
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
        id: textEncoder.space,
        title: textEncoder.title,
        dimension: textEncoder.dimension,
        metric: "cosine",
        modalities: ["text"],
      },
      available: [],
      gap: settings.gap,
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
