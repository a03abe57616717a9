import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isInstalled, root } from "./setup.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nearfield-setup-"));
  mkdirSync(join(folder, "node_modules"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const locked = {
  "": { version: "0.1.0" },
  "node_modules/three": { version: "0.187.0", integrity: "a" },
  "node_modules/only-elsewhere": { version: "1.0.0", integrity: "b", optional: true },
};
const write = (path: string, packages: unknown) =>
  writeFileSync(join(folder, path), JSON.stringify({ packages }));
const three = (version: string) => ({ "node_modules/three": { version, integrity: "a" } });

it("knows a checkout whose packages are those of the lockfile", () => {
  write("package-lock.json", locked);
  expect(isInstalled(folder), "nothing installed").toBe(false);
  write("node_modules/.package-lock.json", three("0.187.0"));
  expect(isInstalled(folder), "optional packages of other systems may be absent").toBe(true);
});

it("sees an older, a missing and a left-over package", () => {
  write("package-lock.json", locked);
  write("node_modules/.package-lock.json", three("0.186.0"));
  expect(isInstalled(folder), "older").toBe(false);
  write("node_modules/.package-lock.json", {});
  expect(isInstalled(folder), "missing").toBe(false);
  write("node_modules/.package-lock.json", {
    ...three("0.187.0"),
    "node_modules/gone": { version: "1.0.0" },
  });
  expect(isInstalled(folder), "left over").toBe(false);
  writeFileSync(join(folder, "node_modules/.package-lock.json"), "{ half written");
  expect(isInstalled(folder), "interrupted").toBe(false);
});

it("holds for this checkout, in which these tests run", () => {
  expect(isInstalled(root)).toBe(true);
});
