/** What `public/` ships: every file known to the byte, every licence named. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./setup.mjs";
import { LARGEST_FILE } from "./vite-small-files.ts";

const models = join(root, "public", "models");
const samples = join(root, "public", "samples");

/** Paths of all files below a folder, with slashes, sorted. */
const below = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();

interface Listed {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

describe("models", () => {
  const ids = readdirSync(models, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const card = (id: string): { licence: { spdx: string; url: string }; files: Listed[] } =>
    JSON.parse(readFileSync(join(models, id, "card.json"), "utf8"));

  it.each(ids)("%s: the card lists every file, with its bytes and SHA-256, and a licence", (id) => {
    const { licence, files } = card(id);
    expect(licence.spdx).not.toBe("");
    expect(licence.url).toMatch(/^https:\/\//);
    expect([...files.map(({ path }) => path), "card.json"].sort()).toEqual(below(join(models, id)));
    for (const { path, bytes, sha256 } of files) {
      const content = readFileSync(join(models, id, path));
      expect(content.length, path).toBe(bytes);
      expect(createHash("sha256").update(content).digest("hex"), path).toBe(sha256);
      expect(bytes, path).toBeLessThanOrEqual(LARGEST_FILE);
    }
  });

  it("take at most 45 MB together, and all stand in NOTICE", () => {
    const notice = readFileSync(join(root, "NOTICE"), "utf8");
    for (const id of ids) expect(notice).toContain(`\n${id} — `);
    const all = ids.flatMap((id) => card(id).files).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(all).toBeLessThanOrEqual(45_000_000);
  });
});

it("every sample picture has its author, licence and source, in the sample and in NOTICE", () => {
  const notice = readFileSync(join(root, "NOTICE"), "utf8");
  const { items }: { items: { image?: string; licence?: string; credit?: string; source?: string }[] } =
    JSON.parse(readFileSync(join(samples, "pictures.json"), "utf8"));
  const pictures = items.filter(({ image }) => image !== undefined);
  expect(pictures.map(({ image }) => image).sort()).toEqual(
    below(join(samples, "pictures")).map((name) => `pictures/${name}`),
  );
  for (const { image = "", licence = "", credit = "", source = "" } of pictures) {
    const [, entry = ""] = notice.split(`\n  ${image.slice("pictures/".length)} — `);
    const lines = entry.split("\n").slice(0, 3);
    expect(lines[1], image).toMatch(/^ {4}by /);
    for (const part of [credit, licence]) {
      expect(part, image).not.toBe("");
      expect(lines[1], image).toContain(part);
    }
    expect(lines[2], image).toBe(`    ${source}`);
  }
});
