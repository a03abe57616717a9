/** Picture formats that browsers decode. */
export type ImageFormat = "png" | "jpeg" | "gif" | "webp" | "avif" | "bmp";

/** What a picture's first bytes say about it, before anything is decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  /** In pixels as stored: EXIF orientation may swap the two. 0 when the file ends before saying. */
  readonly width: number;
  readonly height: number;
  /** False when the file ends before its picture does. */
  readonly complete: boolean;
}
