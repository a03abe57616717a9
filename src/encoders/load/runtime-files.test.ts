import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IDENTITY_MODEL } from "./identity-model";
import { RUNTIME_BUILDS, RUNTIME_VERSION, runtimeScript, runtimeWasm } from "./runtime-files";

const runtime = join(import.meta.dirname, "../../../node_modules/onnxruntime-web");

describe("RUNTIME_BUILDS", () => {
  it("is of the installed version", () => {
    expect(JSON.parse(readFileSync(join(runtime, "package.json"), "utf8")).version).toBe(RUNTIME_VERSION);
  });

  it.each(Object.entries(RUNTIME_BUILDS))("lists the installed files of %s", (_, build) => {
    const bytes = readFileSync(join(runtime, "dist", build.wasm));
    let end = 0;
    for (const part of build.parts) {
      const content = bytes.subarray(end, end + part.bytes);
      expect(part.sha256, part.name).toBe(createHash("sha256").update(content).digest("hex"));
      end += part.bytes;
    }
    expect(end).toBe(bytes.length);
    expect(readFileSync(join(runtime, "dist", build.script), "utf8")).toContain(build.wasm);
  });

  it("puts the version into addresses, below the page's folder", () => {
    const folder = "https://example.org/nearfield/ort/";
    expect(runtimeScript(folder, RUNTIME_BUILDS.wasm)).toBe(
      `${folder}ort-wasm-simd-threaded.mjs?v=${RUNTIME_VERSION}`,
    );
    expect(runtimeWasm(folder, RUNTIME_BUILDS.asyncify).map(({ url }) => url)).toEqual([
      `${folder}ort-wasm-simd-threaded.asyncify.1.wasm?v=${RUNTIME_VERSION}`,
      `${folder}ort-wasm-simd-threaded.asyncify.2.wasm?v=${RUNTIME_VERSION}`,
    ]);
  });
});

describe("IDENTITY_MODEL", () => {
  it("is a protobuf message whose lengths add up", () => {
    // A field that ran over its end would leave bytes of no field behind.
    let place = 0;
    const fields: number[] = [];
    while (place < IDENTITY_MODEL.length) {
      const tag = IDENTITY_MODEL[place++];
      fields.push(tag >> 3);
      place += (tag & 7) === 2 ? 1 + IDENTITY_MODEL[place] : 1;
    }
    expect(place).toBe(IDENTITY_MODEL.length);
    expect(fields).toEqual([1, 7, 8]);
  });
});
