import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import { afterEach, beforeEach, expect, it } from "vitest";
import { LARGEST_FILE, smallFiles } from "./vite-small-files.ts";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "nearfield-small-files-"));
  mkdirSync(join(root, "public", "models"), { recursive: true });
  writeFileSync(join(root, "index.html"), "<!doctype html><title>Page</title>");
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const buildWith = async (bytes: number, outDir = "dist") => {
  writeFileSync(join(root, "public", "models", "model.onnx"), Buffer.alloc(bytes));
  await build({ root, configFile: false, logLevel: "silent", build: { outDir }, plugins: [smallFiles()] });
};

it("builds a page whose files every static host takes", async () => {
  await buildWith(LARGEST_FILE);
  expect(existsSync(join(root, "dist", "models", "model.onnx"))).toBe(true);
});

it("finds a build's folder by its whole path too", async () => {
  const outDir = join(root, "elsewhere", "built");
  await expect(buildWith(LARGEST_FILE + 1_000_000, outDir)).rejects.toThrow(/model\.onnx/);
});

it("fails a build that holds a larger file, and names it", async () => {
  await expect(buildWith(LARGEST_FILE + 1_000_000)).rejects.toThrow(/24 MB: models.model\.onnx \(25\.0 MB\)/);
});
