/** Pixels per side, and of the margin. */
const SIZE = 720;
const MARGIN = 16;

/** Fills the page with a map in the plane, a digit for each point, coloured by it. */
export function drawMap(positions: Float32Array, labels: string): void {
  const canvas = document.createElement("canvas");
  canvas.width = SIZE;
  canvas.height = SIZE;
  document.body.replaceChildren(canvas);
  document.body.style.margin = "0";
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser cannot draw.");
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, SIZE, SIZE);
  let reach = 0;
  for (const value of positions) reach = Math.max(reach, Math.abs(value));
  const scale = (SIZE / 2 - MARGIN) / reach;
  context.font = "10px sans-serif";
  for (let i = 0; i < labels.length; i++) {
    context.fillStyle = `hsl(${36 * Number(labels[i])} 75% 38%)`;
    context.fillText(labels[i], SIZE / 2 + scale * positions[2 * i], SIZE / 2 - scale * positions[2 * i + 1]);
  }
}
