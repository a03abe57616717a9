/**
 * Stand-ins for the parts of three.js that the map never uses: it draws with raw shaders of its own, without lights,
 * shadows, textures of surroundings, clipping planes, morphing, ray casting or a headset. Each answers the renderer's
 * questions as the real part does when it has nothing to do. `vite-lean-three.ts` says which file each stands for.
 */

/** Raw shaders include no chunks. */
export const ShaderChunk = {};

/** All materials bring their shaders along. */
export const ShaderLib = {};

/** No headset, ever. */
export class WebXRManager {
  readonly enabled = false;
  readonly isPresenting = false;
  addEventListener(): void {}
  removeEventListener(): void {}
  setAnimationLoop(): void {}
  dispose(): void {}
  getEnvironmentBlendMode(): undefined {
    return undefined;
  }
}

/** Nothing casts a shadow. */
export class WebGLShadowMap {
  readonly enabled = false;
  readonly autoUpdate = true;
  readonly needsUpdate = false;
  render(): void {}
}

/** No lights: their state never changes, and each kind is counted as none. */
export class WebGLLights {
  readonly state = {
    version: 0,
    sun: [],
    sunShadowMap: [],
    directional: [],
    directionalShadowMap: [],
    point: [],
    pointShadowMap: [],
    spot: [],
    spotShadowMap: [],
    spotLightMap: [],
    rectArea: [],
    hemi: [],
    numSpotLightShadowsWithMaps: 0,
    numLightProbes: 0,
  };
  setup(): void {}
  setupView(): void {}
}

/** No surroundings that anything would mirror. */
export class WebGLEnvironments {
  get(): null {
    return null;
  }
  dispose(): void {}
}

/** No shape changes into another. */
export class WebGLMorphtargets {
  update(): void {}
}

/** Raw shaders have uniforms of their own only, which the renderer sends without help. */
export class WebGLMaterials {
  refreshFogUniforms(): void {}
  refreshMaterialUniforms(_uniforms: unknown, material: { uniformsNeedUpdate: boolean }): void {
    material.uniformsNeedUpdate = false;
  }
}

/** No uniform buffers. */
export class WebGLUniformsGroups {
  bind(): void {}
  update(): void {}
  dispose(): void {}
}

/** No clipping planes, neither for all nor for one. */
export class WebGLClipping {
  readonly uniform = { value: null, needsUpdate: false };
  readonly numPlanes = 0;
  readonly numIntersection = 0;
  init(): boolean {
    return false;
  }
}

/** Made for float canvases only. */
export class WebGLOutput {}

/** Read for physically based materials only. */
export function getDFGLUT(): null {
  return null;
}

/** Used with an array of cameras only. */
export class FrustumArray {}

/** Ray casting: the map looks points up in a grid of its own. */
export class Ray {}

/** Ray casting. */
export class Triangle {}

/** Carries a cube texture as background. */
export class BoxGeometry {}

/** Carries a flat texture as background. */
export class PlaneGeometry {}
