import type { InkList } from "../ink/list";
import type { DotStyle } from "../look";
import type { ScatterTheme } from "../types";

/** What a painter can be asked for, as `src/remote` types it. Everything in it can be sent to a worker. */
export type PainterMethods = {
  /** Takes the canvases, and makes all ready for the first frame. Fails with `DeviceUnavailable` without WebGL 2. */
  start: { input: Start; output: undefined; progress: never };
  /** Never answers: its progress tells when the GPU takes its context away, and when it gives it back, empty. */
  watch: { input: undefined; output: never; progress: { readonly lost: boolean } };
  /** Draws a frame; answers once it is on the canvases. */
  draw: { input: Frame; output: Drawn; progress: never };
  /** What was drawn last, at another density or in other colours. Fails with `DeviceLost` and `PictureTooLarge`. */
  picture: { input: PictureRequest; output: ImageBitmap; progress: never };
  /** Frees the GPU's memory. A worker that is ended needs no telling. */
  stop: { input: undefined; output: undefined; progress: never };
};

export interface Start {
  /** Where points, lines and pictures are drawn, and where what lies above them is. */
  readonly scene: Canvas;
  readonly ink: Canvas;
  readonly screen: ScreenSize;
  readonly theme: ScatterTheme;
  /** The fonts that ink is written with; a worker knows none of the page's. */
  readonly fonts: readonly Font[];
}

export type Canvas = HTMLCanvasElement | OffscreenCanvas;

/** A font as `FontFace` takes it. */
export interface Font {
  readonly family: string;
  /** As CSS writes it, addresses absolute. */
  readonly source: string;
  readonly descriptors: FontFaceDescriptors;
}

/** What has changed since the frame before, and how all is drawn now. */
export interface Frame {
  readonly screen: ScreenSize;
  readonly theme?: ScatterTheme;
  readonly points?: PointsUpload;
  readonly marked?: Marked;
  /** The lines, all of them: 13 numbers each, in the order of `LINE_LAYOUT`. */
  readonly lines?: Float32Array<ArrayBuffer>;
  readonly pictures?: readonly PictureUpload[];
  /** The pictures drawn, of the pages on which they have changed. */
  readonly pages?: readonly PicturesOfPage[];
  /** Absent when points, lines and pictures look as in the frame before, and need not be drawn anew. */
  readonly look?: SceneLook;
  /** Absent when what lies above them stays. */
  readonly ink?: InkList;
  /** True: the answer comes after a pixel was read back. Somebody measures; a fence costs less. */
  readonly readBack?: boolean;
}

export interface ScreenSize {
  /** CSS pixels. */
  readonly width: number;
  /** CSS pixels. */
  readonly height: number;
  /** Device pixels per CSS pixel. */
  readonly pixelRatio: number;
}

/** Arrays of the cloud whose copies on the GPU are out of date, the first `count` points of each. */
export interface PointsUpload {
  readonly count: number;
  /** The buffers of `to` and `from` change roles, before anything is written. */
  readonly swapped: boolean;
  readonly to?: Float32Array<ArrayBuffer>;
  /** `"to"`: all points are where they go. */
  readonly from?: Float32Array<ArrayBuffer> | "to";
  readonly style?: Uint8Array<ArrayBuffer>;
}

/** Points drawn above the others. */
export interface Marked {
  /** The first lies on top. */
  readonly indices: Uint32Array<ArrayBuffer>;
  /** False: there are too many for rings, and all flagged as selected are told by the accent's colour. */
  readonly apart: boolean;
}

/** A picture and where it belongs; in two cells when it is wanted small and large. */
export interface PictureUpload {
  readonly picture: ImageBitmap;
  readonly cells: readonly PictureCell[];
}

export interface PictureCell {
  readonly page: number;
  /** Pixels of the page. */
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** All pictures that are drawn from one page: 10 numbers each, in the order of `PICTURE_LAYOUT`. */
export interface PicturesOfPage {
  readonly page: number;
  /** Side of the page's cells in pixels. */
  readonly side: number;
  readonly instances: Float32Array<ArrayBuffer>;
}

/** How points, lines and pictures are drawn. */
export interface SceneLook {
  /** World to clip coordinates; column by column. */
  readonly matrix: Float32Array<ArrayBuffer>;
  /** Share of the points' travel that is covered, in [0, 1]. */
  readonly mix: number;
  /** Divisors of depth at the nearest and the farthest point, and how strongly distance fades colours (0: not). */
  readonly near: number;
  readonly far: number;
  readonly fog: number;
  readonly dots: DotStyle;
  /** True when not all points are discs. */
  readonly shaped: boolean;
  /** The part of the points that is drawn, taken at random; in (0, 1]. */
  readonly share: number;
  /** Side of pictures in CSS pixels, and how far they have taken the place of images' dots, in [0, 1]. */
  readonly side: number;
  readonly presence: number;
}

/** What became of a frame. */
export interface Drawn {
  /** Bytes of the points on the GPU. */
  readonly bytes: number;
  /** Memory of the frame, given back to be used for another one. */
  readonly to?: Float32Array<ArrayBuffer>;
  readonly ink?: InkList;
}

export interface PictureRequest {
  /** Pixels per CSS pixel. */
  readonly scale: number;
  readonly theme: ScatterTheme;
}
