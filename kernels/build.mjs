/**
 * Compiles the kernels in this folder from AssemblyScript to WebAssembly, into `src/core/wasm/`, where they are committed:
 * nobody needs the compiler to build the page. Run `node kernels/build.mjs` after a change; a unit test fails until then.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const compiler = "assemblyscript@0.28.20";

const simd = ["--enable", "simd", "--enable", "bulk-memory"];
const relaxed = [...simd, "--enable", "relaxed-simd", "--use", "RELAXED=1"];
const int16 = ["--use", "INT16=1"];
/** In a memory that threads share, of up to the 4 GB that a 32-bit address reaches. */
const shared = ["--enable", "threads", "--importMemory", "--sharedMemory", "--maximumMemory", "65536"];

/** Each kernel, its source, and the WebAssembly features that it needs beyond the first version. */
const kernels = {
  similarity: { source: "similarity", options: simd },
  "similarity-relaxed": { source: "similarity", options: relaxed },
  "similarity-int16": { source: "similarity", options: [...simd, ...int16] },
  "similarity-int16-shared": { source: "similarity", options: [...simd, ...int16, ...shared] },
  networks: { source: "networks", options: simd },
  "networks-relaxed": { source: "networks", options: relaxed },
  layout: { source: "layout", options: [...simd, "--importMemory"] },
  "layout-shared": { source: "layout", options: [...simd, ...shared] },
};

const folder = import.meta.dirname;
const temporary = mkdtempSync(join(tmpdir(), "nearfield-kernels-"));
for (const [name, kernel] of Object.entries(kernels)) {
  const source = join(folder, `${kernel.source}.as`);
  const binary = join(temporary, `${name}.wasm`);
  // The compiler reads TypeScript's ending alone, at which TypeScript's own tools would trip over these files.
  const copy = join(temporary, `${name}.ts`);
  copyFileSync(source, copy);
  const options = ["-O3", "--noAssert", "--runtime", "stub", ...kernel.options];
  const result = spawnSync(
    "npm",
    ["exec", "--yes", `--package=${compiler}`, "--", "asc", copy, ...options, "-o", binary],
    { stdio: "inherit" },
  );
  if (result.status !== 0) process.exit(result.status ?? 1);
  const digest = createHash("sha256").update(readFileSync(source)).digest("hex");
  const bytes = readFileSync(binary);
  const module = [
    `/** kernels/${kernel.source}.as compiled by kernels/build.mjs, ${bytes.length} bytes, as base64. */`,
    `export const WASM =\n  "${bytes.toString("base64")}";`,
    "",
    "/** SHA-256 of the source it was compiled from. */",
    `export const SOURCE =\n  "${digest}";`,
    "",
  ];
  writeFileSync(join(folder, "..", "src", "core", "wasm", `${name}.ts`), module.join("\n"));
  console.log(`${name}: ${bytes.length} bytes`);
}
rmSync(temporary, { recursive: true });
