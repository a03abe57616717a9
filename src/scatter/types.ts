/** What a point stands for; drawn so that it can be told without colour. */
export type PointKind = "text" | "image";

/** The points of the map, one array entry per point, in one order. */
export interface ScatterPoints {
  readonly count: number;
  readonly dimensions: 2 | 3;
  /** `count × dimensions`. NaN rows are not drawn. */
  readonly positions: Float32Array;
  /** Index into the theme's palette, per point. */
  readonly colours: Uint8Array;
  /** 0 text, 1 image, per point. */
  readonly kinds: Uint8Array;
  /** The label of a point; asked only for points that may be labelled or hovered. */
  label(index: number): string;
  /** A small picture of a point, or undefined; asked only for points in view. The map copies it and never closes it. */
  thumbnail(index: number): Promise<ImageBitmap> | undefined;
  /** Stable name of a point across calls of `setPoints`, so that a point keeps its place and travels to the new one. */
  key(index: number): string;
}

export interface ScatterTheme {
  readonly background: string;
  readonly text: string;
  readonly mutedText: string;
  readonly accent: string;
  readonly line: string;
  readonly palette: readonly string[];
  readonly font: string;
}

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
}

/** A line from a selected point to a true neighbour. */
export interface ScatterLine {
  readonly from: number;
  readonly to: number;
  /** In [0, 1]; stronger lines are drawn stronger. */
  readonly weight: number;
}

export interface ScatterEvents {
  /** The point under the pointer, or null; `x`, `y` are CSS pixels inside the container. */
  hover: { index: number | null; x: number; y: number };
  /** A click on a point (null: on the empty map); `extend` when shift, ctrl or meta was held. */
  pick: { index: number | null; extend: boolean };
  /** The points inside a lasso or box. */
  enclose: { indices: readonly number[]; extend: boolean };
  /** The camera moved. */
  view: ScatterView;
  /** The GPU context was lost or came back. */
  context: { lost: boolean };
}

export interface ScatterView {
  /** World coordinates at the centre of the view. */
  readonly centre: readonly [number, number, number];
  /** CSS pixels per world unit. */
  readonly zoom: number;
  readonly dimensions: 2 | 3;
}

export type ScatterTool = "pan" | "lasso";

/** An imperative map of points: no React, no knowledge of encoders or spaces. */
export interface Scatter {
  /** Replaces the points. Points whose key was there before travel from where they were. */
  setPoints(points: ScatterPoints): void;
  /**
   * New positions for the same points, in the same order; `travel` milliseconds of motion (0: at once). The default is
   * 0. While a layout streams, a travel as long as the time between two frames joins them into one motion.
   */
  setPositions(positions: Float32Array, travel?: number): void;
  setSelection(indices: readonly number[]): void;
  setHover(index: number | null): void;
  /** Dims every point that is not listed; null dims nothing. */
  setEmphasis(indices: readonly number[] | null): void;
  setLines(lines: readonly ScatterLine[]): void;
  setTheme(theme: ScatterTheme): void;
  setTool(tool: ScatterTool): void;
  setThumbnails(shown: boolean): void;
  /**
   * Moves the camera so that these points fill the view; all of them by default, and then the map keeps showing all
   * as they move, until the user moves the camera. The default of `travel` is 400 milliseconds.
   */
  fit(indices?: readonly number[], travel?: number): void;
  /** Zooms about the centre of the view; above 1 comes nearer. */
  zoomBy(factor: number): void;
  /** Moves the view by CSS pixels. */
  panBy(x: number, y: number): void;
  view(): ScatterView;
  /** The point drawn at a place of the container, in CSS pixels, or null. */
  pick(x: number, y: number): number | null;
  /** Where a point is drawn, in CSS pixels of the container; null when it is not in view. */
  locate(index: number): { x: number; y: number } | null;
  on<K extends keyof ScatterEvents>(event: K, listener: (detail: ScatterEvents[K]) => void): () => void;
  /** Frees the GPU's and the page's resources. */
  dispose(): void;
}
