import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { root } from "./setup.mjs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nearfield-rules-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Lints planted sources by the real rules (biome.json) and gives back what the import rules found. */
function violations(files: Record<string, string>): string[] {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  const configuration: { vcs: unknown } = JSON.parse(readFileSync(join(root, "biome.json"), "utf8"));
  // The planted folder is no git repository.
  writeFileSync(
    join(folder, "biome.json"),
    JSON.stringify({ ...configuration, $schema: undefined, vcs: undefined }),
  );
  const biome = join(root, "node_modules", "@biomejs", "biome", "bin", "biome");
  const args = [biome, "lint", "--error-on-warnings", "--reporter=json", "src"];
  const { stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  const found: { diagnostics: { category: string; location: { path: string } }[] } = JSON.parse(stdout);
  return found.diagnostics
    .map(({ category, location }) => `${category.split("/").at(-1)} ${location.path}`)
    .sort();
}

const leaf = "export const leaf = 1;\nexport interface Leaf {\n  n: number;\n}\n";
const rooms = ["collection", "scatter", "encoders", "projection", "comparison", "formats"];

describe("import rules", () => {
  it("let imports run down through every storey", () => {
    const found = violations({
      "src/core/leaf.ts": leaf,
      "src/remote/call.ts": 'export { leaf } from "../core/leaf";',
      "src/encoders/index.ts": 'import { leaf } from "../remote/call";\nexport const encoder = leaf;',
      "src/app/panel/page.tsx":
        'import { encoder } from "../../encoders";\nexport const page = <p>{encoder}</p>;',
    });
    expect(found).toEqual([]);
  });

  it.each([
    ["core", "remote"],
    ["core", "app"],
    ["remote", "app"],
    ...rooms.flatMap((room) => [
      ["core", room],
      ["remote", room],
      [room, "app"],
    ]),
  ])("fail when %s imports %s", (lower, upper) => {
    const found = violations({
      [`src/${upper}/index.ts`]: leaf,
      [`src/${lower}/value.ts`]: `import { leaf } from "../${upper}";\nexport const value = leaf;`,
      [`src/${lower}/deep/type.ts`]: `import type { Leaf } from "../../${upper}/index";\nexport type Type = Leaf;`,
      [`src/${lower}/later.ts`]: `export const later = () => import("../${upper}/index");`,
    });
    expect(found).toEqual([
      `noRestrictedImports src/${lower}/deep/type.ts`,
      `noRestrictedImports src/${lower}/later.ts`,
      `noRestrictedImports src/${lower}/value.ts`,
    ]);
  });

  it.each(rooms)("fail when %s imports another room in the middle, even a type", (room) => {
    const others = rooms.filter((other) => other !== room);
    const found = violations(
      Object.fromEntries(
        others.flatMap((other) => [
          [`src/${other}/types.ts`, leaf],
          [
            `src/${room}/${other}-user.ts`,
            `import type { Leaf } from "../${other}/types";\nexport type User = Leaf;`,
          ],
        ]),
      ),
    );
    expect(found).toEqual(others.map((other) => `noRestrictedImports src/${room}/${other}-user.ts`).sort());
  });

  it("fail on a circle: of values, of types, through a dynamic import", () => {
    const found = violations({
      "src/core/a.ts": 'import { b } from "./b";\nexport const a = (): number => b();',
      "src/core/b.ts": 'import { a } from "./a";\nexport const b = (): number => a();',
      "src/core/c.ts": 'import type { D } from "./d";\nexport interface C {\n  d: D;\n}',
      "src/core/d.ts": 'import type { C } from "./c";\nexport interface D {\n  c: C;\n}',
      "src/core/e.ts": 'export const e = () => import("./f");',
      "src/core/f.ts": 'export { e } from "./e";',
    });
    expect(found).toEqual([..."abcdef"].map((name) => `noImportCycles src/core/${name}.ts`));
  });

  it("keep React in app and three.js in scatter", () => {
    const found = violations({
      "src/app/panel.tsx": 'import { useState } from "react";\nexport const use = useState;',
      "src/app/drawing.ts": 'import { Vector3 } from "three";\nexport const vector = new Vector3();',
      "src/scatter/drawing.ts": 'import { Vector3 } from "three";\nexport const vector = new Vector3();',
      "src/collection/hook.ts": 'import { useState } from "react";\nexport const use = useState;',
      "src/core/vector.ts": 'import { Vector3 } from "three";\nexport const vector = new Vector3();',
    });
    expect(found).toEqual([
      "noRestrictedImports src/app/drawing.ts",
      "noRestrictedImports src/collection/hook.ts",
      "noRestrictedImports src/core/vector.ts",
    ]);
  });
});
