import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";

const folder = join(root, "e2e", "fixtures", "photos");

/** Real photographs with free licences (e2e/fixtures/photos), in the order of their names. */
export function photos(): { name: string; content: Buffer }[] {
  return readdirSync(folder)
    .filter((name) => /\.(jpe?g|png)$/.test(name))
    .sort()
    .map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

/** The photograph of a soccer ball. */
export function ballPhoto(): { mimeType: string; content: Buffer } {
  const ball = photos().find(({ name }) => /soccer|ball/i.test(name));
  if (!ball) throw new Error("e2e/fixtures/photos holds no soccer ball.");
  return { mimeType: ball.name.endsWith("png") ? "image/png" : "image/jpeg", content: ball.content };
}
