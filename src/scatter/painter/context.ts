import { NamedError } from "../../core/errors";
import type { Canvas } from "./methods";

/**
 * The canvas' WebGL 2 context, made as the map needs it; the same one when asked again.
 *
 * @throws NamedError `DeviceUnavailable` when the browser gives none.
 */
export function webglContext(canvas: Canvas): WebGL2RenderingContext {
  const options = { alpha: false, antialias: false, depth: true, stencil: false };
  const context = canvas.getContext("webgl2", options) as WebGL2RenderingContext | null;
  if (!context) throw unavailable("The browser gives no WebGL 2 context, so the map can't be drawn.");
  return context;
}

/** A context that ink is drawn with. */
export type InkContext = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/**
 * The canvas' context for drawing in two dimensions.
 *
 * @param inSoftware drawn by the processor at once: quicker than by a GPU that is the processor, too.
 */
export function inkContext(canvas: Canvas, inSoftware: boolean): InkContext {
  const context = canvas.getContext("2d", { willReadFrequently: inSoftware }) as
    | CanvasRenderingContext2D
    | OffscreenCanvasRenderingContext2D
    | null;
  if (!context) throw unavailable("The browser gives no canvas to write labels on.");
  return context;
}

/** What a picture is refused with while the GPU's context is lost. */
export function contextLost(): NamedError {
  return new NamedError(
    "DeviceLost",
    "The GPU has taken the map's context away, so no picture can be drawn.",
    {
      advice: "Try again when the map is back.",
    },
  );
}

function unavailable(message: string): NamedError {
  return new NamedError("DeviceUnavailable", message, {
    advice:
      "Turn on hardware acceleration or WebGL in the browser's settings; lists and neighbours work without it.",
  });
}
