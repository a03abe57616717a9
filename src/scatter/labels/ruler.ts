import { NamedError } from "../../core/errors";

/** Measures texts as they will be drawn, on a canvas of its own: what is drawn may be drawn elsewhere, in a worker. */
export class Ruler {
  private readonly context: CanvasRenderingContext2D;
  private font = "";

  /** @throws NamedError `DeviceUnavailable` when the browser gives no canvas to draw on. */
  constructor(document: Document) {
    // Nothing is drawn on it that would be worth asking the GPU for.
    const context = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    if (!context) {
      throw new NamedError("DeviceUnavailable", "The browser gives no canvas to measure labels with.", {
        advice:
          "Allow this page to use canvases in the browser's settings; lists and neighbours work without it.",
      });
    }
    this.context = context;
  }

  /** Width of a text in CSS pixels; the font as CSS writes it. */
  widthOf(text: string, font: string): number {
    // Setting a font is slow, even the one that is set.
    if (font !== this.font) this.context.font = this.font = font;
    return this.context.measureText(text).width;
  }

  /** A font of the page has arrived: names of fonts may mean others now. */
  fontsChanged(): void {
    this.font = "";
  }
}
