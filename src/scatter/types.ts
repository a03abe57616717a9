import type { NamedError } from "../core/errors";

/** What a point stands for; each has a shape of its own, so that it can be told without colour. */
export type PointKind = "text" | "image" | "row" | "token" | "patch";

/** The points of the map, one array entry per point, in one order. Arrays are copied; only `importance` is kept. */
export interface ScatterPoints {
  readonly count: number;
  readonly dimensions: 2 | 3;
  /** `count × dimensions`. NaN rows are not drawn. */
  readonly positions: Float32Array;
  /** Index into the theme's palette, per point. */
  readonly colours: Uint8Array;
  /** 0 text, 1 image, 2 row, 3 token, 4 patch, per point: the places of `PointKind`'s names. */
  readonly kinds: Uint8Array;
  /** Who gets a label first where not all can: larger comes first. The default is an order that looks random and stays. */
  readonly importance?: Float32Array;
  /** The label of a point; asked only for points that may be labelled or hovered. The default is no labels. */
  label?(index: number): string;
  /**
   * A small picture of a point, or undefined; asked only for points in view. The map copies it and never closes it. The
   * default is no pictures.
   */
  thumbnail?(index: number): Promise<ImageBitmap> | undefined;
  /**
   * Stable name of a point across calls of `setPoints`, so that a point travels from its place to the new one and keeps
   * its picture. The default is its index, which saves a string each.
   */
  key?(index: number): string;
}

export interface ScatterTheme {
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly accent: string;
  readonly line: string;
  /** Up to 256 colours; a point's colour beyond them starts again at the first. */
  readonly palette: readonly string[];
  readonly font: string;
}

/** Where the minimap lies. */
export type MinimapCorner = "top left" | "top right" | "bottom left" | "bottom right";

/** How a map is made. */
export interface ScatterOptions {
  readonly theme: ScatterTheme;
  /** True: nothing travels or glides. The default is what the system's "reduce motion" setting says, also when it changes. */
  readonly reducedMotion?: boolean;
  /** CSS pixels that `fit` keeps free on each side. The default leaves room for labels, and at the bottom for a legend. */
  readonly insets?: {
    readonly top: number;
    readonly right: number;
    readonly bottom: number;
    readonly left: number;
  };
  /** Where the minimap lies when it is shown. The default is the top right. */
  readonly minimapCorner?: MinimapCorner;
}

/** A line from a selected point to a true neighbour. */
export interface ScatterLine {
  readonly from: number;
  readonly to: number;
  /** In [0, 1]; stronger lines are drawn stronger. */
  readonly weight: number;
}

/** The name of a part of the map, drawn large and fading as one comes nearer. */
export interface ScatterRegion {
  readonly text: string;
  /** World coordinates of its middle. */
  readonly x: number;
  readonly y: number;
  /** The default is 0. */
  readonly z?: number;
  /** Any scale, above 0: where names would overlap, the heavier stays; it is also drawn larger. */
  readonly weight: number;
  /** Points that it names. With them the name moves as they move; the default is that it stays where it is. */
  readonly members?: readonly number[];
}

/** A part of the view, CSS pixels of the container. */
export interface ScatterBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface ScatterEvents {
  /** The point under the pointer, or null; `x`, `y` are CSS pixels inside the container. */
  hover: { index: number | null; x: number; y: number };
  /** A click on a point (null: on the empty map); `extend` when shift, ctrl or meta was held. */
  pick: { index: number | null; extend: boolean };
  /** A double click on a point; on the empty map it zooms instead. The `pick` of its first click comes before. */
  open: { index: number };
  /** The points inside a lasso or box. */
  enclose: { indices: readonly number[]; extend: boolean };
  /** The camera moved. */
  view: ScatterView;
  /** All points that are shown have left the view of a map that rests, or one has come back; where points have labels. */
  inView: { any: boolean };
  /**
   * What was drawn is lost, or it can be drawn again: the GPU took its context away, or the worker that draws has died,
   * of `error`, and another one is started.
   */
  context: { lost: boolean; error?: NamedError };
  /** No map can be drawn here, now or later; told once, some time after the map was made. Show the items as a list then. */
  unavailable: { error: NamedError };
}

export interface ScatterView {
  /** World coordinates at the centre of the view. */
  readonly centre: readonly [number, number, number];
  /** CSS pixels per world unit. */
  readonly zoom: number;
  readonly dimensions: 2 | 3;
}

/** What a drag of the pointer does: move the map, or draw a shape around points. */
export type ScatterTool = "pan" | "lasso" | "box";

/** What the map shows and how, as `get` tells it. */
export interface ScatterState {
  readonly view: ScatterView;
  readonly tool: ScatterTool;
  readonly selection: readonly number[];
  readonly hovered: number | null;
  /** True when images are drawn as pictures where there is room. */
  readonly thumbnails: boolean;
  /** True when pictures have a frame in their points' colours. */
  readonly frames: boolean;
  readonly minimap: boolean;
  readonly counts: {
    readonly points: number;
    /** Points that have a position and that `setVisible` doesn't hide; inside the view or not. */
    readonly visible: number;
    readonly selected: number;
  };
  /** True when all that was set until now is on the canvas. */
  readonly ready: boolean;
  /** True while the GPU's context is lost, or there is none: nothing is drawn, nothing is forgotten. */
  readonly lost: boolean;
  /** Bytes held for the points: the map's own arrays, without labels and names, and the GPU's buffers. */
  readonly memory: { readonly cpu: number; readonly gpu: number };
  /** Milliseconds that it took to choose the labels and thumbnails in view, the last time. */
  readonly surveyMilliseconds: number;
  /**
   * Milliseconds for which finding the point below the pointer, or the points inside a shape, held the page at a
   * stretch, the last time.
   */
  readonly pickMilliseconds: number;
}

export interface ScatterLegend {
  readonly title: string;
  readonly entries: readonly { readonly label: string; readonly colour: string }[];
}

export interface PictureOptions {
  readonly format: "png" | "svg";
  /** Pixels of a PNG per CSS pixel of the map; the default is 2. An SVG has no pixels of its own. */
  readonly scale?: 1 | 2 | 3 | 4;
  /** Written below the map. The default is none. */
  readonly legend?: ScatterLegend;
  /** The default is the map's own theme. */
  readonly theme?: ScatterTheme;
}

/** An imperative map of points: no React, no knowledge of encoders or spaces. */
export interface Scatter {
  /** Replaces the points. Points whose key was there before travel from where they were, and keep being hidden or not. */
  setPoints(points: ScatterPoints): void;
  /**
   * New positions for the same points, in the same order; `travel` milliseconds of motion (0: at once). The default is
   * 0. While a layout streams, a travel as long as the time between two frames joins them into one motion.
   */
  setPositions(positions: Float32Array, travel?: number): void;
  /** New colours for the same points, in the same order: nothing travels. */
  setColours(colours: Uint8Array): void;
  /**
   * Hides the points whose entry is 0: they are neither drawn nor labelled, picked, enclosed or fitted. Null shows all.
   *
   * @throws RangeError when the mask has fewer entries than there are points.
   */
  setVisible(mask: Uint8Array | null): void;
  setSelection(indices: readonly number[]): void;
  setHover(index: number | null): void;
  /** Dims every point that is not listed; null dims nothing. */
  setEmphasis(indices: readonly number[] | null): void;
  setLines(lines: readonly ScatterLine[]): void;
  /** Replaces the names of the map's parts; `setPoints` keeps them as long as their members stay. */
  setRegions(regions: readonly ScatterRegion[]): void;
  /** Parts of the view that the page lies over: labels and names of regions keep off them. The default is none. */
  setCovered(boxes: readonly ScatterBox[]): void;
  setTheme(theme: ScatterTheme): void;
  setTool(tool: ScatterTool): void;
  setThumbnails(shown: boolean): void;
  /**
   * Draws pictures with a frame in their points' colours, about 2 CSS pixels wide. The default is none: a hairline.
   */
  setFrames(shown: boolean): void;
  /**
   * A small overview in a corner that shows where the view is, while not everything is in view; dragging in it moves the
   * view. There is none on maps under 520 CSS pixels' width, nor in 3-D. The default is none.
   */
  setMinimap(shown: boolean): void;
  /**
   * Moves the camera so that these points fill the view; all of them by default, and then the map keeps showing all
   * as they move, until the user moves the camera; in space it then turns back to the angles it was first seen from. The
   * default of `travel` is 400 milliseconds.
   */
  fit(indices?: readonly number[], travel?: number): void;
  /** Zooms about the centre of the view; above 1 comes nearer. */
  zoomBy(factor: number): void;
  /** Moves the view by CSS pixels. */
  panBy(x: number, y: number): void;
  /** Turns a map in space about its middle, by radians: `yaw` to the right, `pitch` towards the viewer. */
  orbitBy(yaw: number, pitch: number): void;
  view(): ScatterView;
  /** What is shown and how; a copy. */
  get(): ScatterState;
  /**
   * The point drawn at a place of the container, in CSS pixels, or null. At once; until there is an index of points that
   * were just moved it looks at all of them, which takes some milliseconds for a million. The map's own events don't wait
   * for that: they come a moment later then.
   */
  pick(x: number, y: number): number | null;
  /** Where a point is drawn, in CSS pixels of the container; null when it is not in view. */
  locate(index: number): { x: number; y: number } | null;
  /**
   * The map as it is shown now, without tools that lie above it. In an SVG, labels are text, and points shapes; many
   * points are one embedded picture below them.
   *
   * @throws NamedError `DeviceLost` while the GPU's context is lost, `PictureTooLarge` when the GPU can't draw a picture
   *   of that many pixels.
   */
  picture(options: PictureOptions): Promise<Blob>;
  /** Resolves once all that was set until now is on the canvas; not while the GPU's context is lost. */
  drawn(): Promise<void>;
  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void;
  /** Frees the GPU's and the page's resources. */
  dispose(): void;
}
