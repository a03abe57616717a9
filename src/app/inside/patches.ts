import type { PatchPart } from "../../collection/types";

/** How much of the picture the heat lets through where it is hottest: the picture must stay readable. */
const hottest = 0.72;

/** The index of the patch at a place of the picture (shares of its width and height); -1 where there is none. */
export function patchAt(parts: readonly Pick<PatchPart, "box">[], x: number, y: number): number {
  return parts.findIndex(
    ({ box: [left, top, width, height] }) => x >= left && x < left + width && y >= top && y < top + height,
  );
}

/** Each value's place between the smallest and the largest, in [0, 1]; 0 for values that are no numbers. */
export function heatShares(values: readonly number[]): readonly number[] {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const range = Math.max(...finite) - low;
  return values.map((value) => (Number.isFinite(value) && range > 0 ? (value - low) / range : 0));
}

/**
 * Draws the patches of a picture over it: how like each is to the chosen one, a veil over the others, a frame around the
 * hovered and the chosen one. `marked` holds indices of `parts`, -1 for none; sizes are CSS pixels.
 */
export function drawPatches(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  parts: readonly PatchPart[],
  heat: readonly number[] | undefined,
  marked: { readonly chosen: number; readonly hovered: number },
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(size.width * ratio);
  canvas.height = Math.round(size.height * ratio);
  const drawing = canvas.getContext("2d");
  if (!drawing) return;
  const style = getComputedStyle(canvas);
  const accent = style.getPropertyValue("--heat");
  const rectangle = ({ box: [left, top, width, height] }: PatchPart): [number, number, number, number] => [
    left * canvas.width,
    top * canvas.height,
    width * canvas.width,
    height * canvas.height,
  ];
  if (heat) {
    const shares = heatShares(heat);
    parts.forEach((part, index) => {
      drawing.globalAlpha = 0.5 * (1 - shares[index]);
      drawing.fillStyle = "#000";
      drawing.fillRect(...rectangle(part));
      drawing.globalAlpha = hottest * shares[index] ** 2;
      drawing.fillStyle = accent;
      drawing.fillRect(...rectangle(part));
    });
  }
  drawing.globalAlpha = 1;
  const frame = (index: number, colour: string, thickness: number) => {
    const part = parts[index];
    if (!part) return;
    drawing.strokeStyle = colour;
    drawing.lineWidth = thickness * ratio;
    drawing.strokeRect(...rectangle(part));
  };
  if (marked.hovered >= 0 && !heat) {
    drawing.globalAlpha = 0.45;
    drawing.fillStyle = accent;
    drawing.fillRect(...rectangle(parts[marked.hovered]));
    drawing.globalAlpha = 1;
  }
  // White on black: seen on every picture.
  for (const index of [marked.hovered, marked.chosen]) {
    frame(index, "#000", 4);
    frame(index, "#fff", 2);
  }
}
