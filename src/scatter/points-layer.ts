import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  GLSL3,
  LessEqualDepth,
  Points,
  RawShaderMaterial,
} from "three";
import type { Cloud } from "./cloud";
import { POINTS_FRAGMENT, POINTS_VERTEX } from "./points-shader";
import type { Uniforms } from "./uniforms";

/** How dots are drawn at the current zoom, in CSS pixels. */
export interface DotStyle {
  readonly radius: number;
  /** Width of the ring in the background's colour that keeps touching dots apart. */
  readonly halo: number;
  /** In [0, 1]. */
  readonly opacity: number;
}

/** All points in one draw call. Its attributes are the cloud's own arrays. */
export class PointsLayer {
  readonly object: Points;
  private readonly geometry = new BufferGeometry();
  private readonly material: RawShaderMaterial;
  private readonly own = {
    uRadius: { value: 4.5 },
    uHalo: { value: 1.5 },
    uOpacity: { value: 1 },
    uPictures: { value: 0 },
  };
  private capacity = -1;

  constructor(uniforms: Uniforms) {
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: POINTS_VERTEX,
      fragmentShader: POINTS_FRAGMENT,
      uniforms: { ...uniforms, ...this.own },
      transparent: true,
      depthFunc: LessEqualDepth,
    });
    this.object = new Points(this.geometry, this.material);
    this.object.renderOrder = 2;
  }

  /** Uploads places and styles after `Cloud.replace` or `Cloud.move`. */
  upload(cloud: Cloud): void {
    if (cloud.capacity !== this.capacity) {
      // Buffers can't grow on the GPU: freeing the geometry makes three.js allocate anew.
      this.geometry.dispose();
      this.capacity = cloud.capacity;
      this.geometry.setAttribute("position", dynamic(cloud.to, 3));
      this.geometry.setAttribute("aFrom", dynamic(cloud.from, 3));
      this.geometry.setAttribute("aStyle", dynamic(cloud.style, 4));
    } else {
      for (const name of ["position", "aFrom", "aStyle"]) this.geometry.getAttribute(name).needsUpdate = true;
    }
    this.geometry.setDrawRange(0, cloud.count);
  }

  /** Uploads styles after flags were changed. */
  uploadStyle(): void {
    const style = this.geometry.getAttribute("aStyle");
    if (style) style.needsUpdate = true;
  }

  /** `pictures` in [0, 1]: how far thumbnails have taken the place of images' dots. */
  setStyle(style: DotStyle, pictures: number, inSpace: boolean): void {
    this.own.uRadius.value = style.radius;
    this.own.uHalo.value = style.halo;
    // Translucent dots of a dense plane add up; in space dots hide what is behind them, and so must be opaque.
    const opacity = inSpace ? 1 : style.opacity;
    this.own.uOpacity.value = opacity;
    this.own.uPictures.value = pictures;
    this.material.depthWrite = opacity === 1;
  }

  dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }
}

function dynamic(array: Float32Array | Uint8Array, size: number): BufferAttribute {
  return new BufferAttribute(array, size).setUsage(DynamicDrawUsage);
}
