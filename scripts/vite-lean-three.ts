import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { normalizePath, type Plugin } from "vite";

/** The version that the stand-ins were written against. */
const VERSION = "0.187.0";

/** Files of `three/src` that `lean-three/stand-ins.ts` takes the place of. */
const REPLACED = [
  "geometries/BoxGeometry.js",
  "geometries/PlaneGeometry.js",
  "math/FrustumArray.js",
  "math/Ray.js",
  "math/Triangle.js",
  "renderers/shaders/DFGLUTData.js",
  "renderers/shaders/ShaderChunk.js",
  "renderers/shaders/ShaderLib.js",
  "renderers/webgl/WebGLClipping.js",
  "renderers/webgl/WebGLEnvironments.js",
  "renderers/webgl/WebGLLights.js",
  "renderers/webgl/WebGLMaterials.js",
  "renderers/webgl/WebGLMorphtargets.js",
  "renderers/webgl/WebGLOutput.js",
  "renderers/webgl/WebGLShadowMap.js",
  "renderers/webgl/WebGLUniformsGroups.js",
  "renderers/webxr/WebXRManager.js",
];

/**
 * Builds the page with three.js' sources instead of its bundle, and without the parts that the map never uses: half of
 * its bytes. Three.js is pinned; any other version, or one of the files above missing or no longer asked for, fails the
 * build, because the stand-ins must then be read against the new sources. A name that a stand-in lacks fails it too.
 */
export function leanThree(): Plugin {
  const scripts = dirname(fileURLToPath(import.meta.url));
  const three = join(dirname(scripts), "node_modules", "three");
  const sources = normalizePath(join(three, "src"));
  const standIns = normalizePath(join(scripts, "lean-three", "stand-ins.ts"));
  const replaced = new Set(REPLACED.map((file) => `${sources}/${file}`));
  const asked = new Set<string>();
  let bundled = false;
  return {
    name: "nearfield:lean-three",
    apply: "build",
    config: () => ({ resolve: { alias: [{ find: /^three$/, replacement: `${sources}/Three.js` }] } }),
    buildStart() {
      asked.clear();
      const { version } = JSON.parse(readFileSync(join(three, "package.json"), "utf8"));
      if (version !== VERSION) {
        this.error(`three ${version} is installed, and the stand-ins of lean-three are for ${VERSION}.`);
      }
      const missing = [...replaced].filter((file) => !existsSync(file));
      if (missing.length > 0) this.error(`three no longer has ${missing.join(", ")}.`);
    },
    load: {
      filter: { id: /\/three\/src\/.+\.js$/ },
      handler(id) {
        bundled = true;
        if (!replaced.has(id)) return null;
        asked.add(id);
        return { code: `export * from ${JSON.stringify(standIns)};`, moduleSideEffects: false };
      },
    },
    buildEnd(error) {
      if (error || !bundled) return;
      const idle = [...replaced].filter((file) => !asked.has(file));
      if (idle.length > 0) this.error(`three no longer asks for ${idle.join(", ")}.`);
    },
  };
}
