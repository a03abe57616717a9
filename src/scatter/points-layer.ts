import {
  BufferAttribute,
  BufferGeometry,
  DynamicDrawUsage,
  GLSL3,
  LessEqualDepth,
  Points,
  RawShaderMaterial,
} from "three";
import type { Cloud, Stale } from "./cloud";
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
  private count = 0;

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

  /** Sends places and styles to the GPU after `Cloud.replace`. */
  upload(cloud: Cloud): void {
    this.count = cloud.count;
    if (cloud.capacity !== this.capacity) {
      // Buffers can't grow on the GPU: freeing the geometry makes three.js allocate anew.
      this.geometry.dispose();
      this.capacity = cloud.capacity;
      this.geometry.setAttribute("position", dynamic(cloud.to, 3));
      this.geometry.setAttribute("aFrom", dynamic(cloud.from, 3));
      this.geometry.setAttribute("aStyle", dynamic(cloud.style, 4));
    } else {
      // An earlier swap may have left each name with the other's array.
      if (this.attribute("position")?.array !== cloud.to) this.swap();
      for (const name of ["position", "aFrom", "aStyle"] as const) this.send(name);
    }
    this.geometry.setDrawRange(0, cloud.count);
  }

  /** Sends after `Cloud.move` what it made stale: as a rule the new places alone. */
  uploadPlaces(stale: Stale): void {
    if (stale.swapped) this.swap();
    this.send("position");
    if (stale.from) this.send("aFrom");
    if (stale.style) this.send("aStyle");
  }

  /** Sends styles after flags or colours were changed. */
  uploadStyle(): void {
    this.send("aStyle");
  }

  /** Sends the style of one point. */
  uploadStyleOf(index: number): void {
    const style = this.attribute("aStyle");
    if (!style || !(index >= 0 && index < this.count)) return;
    style.addUpdateRange(index * style.itemSize, style.itemSize);
    style.needsUpdate = true;
  }

  /** `pictures` in [0, 1]: how far thumbnails have taken the place of images' dots. */
  setStyle(style: DotStyle, pictures: number): void {
    this.own.uRadius.value = style.radius;
    this.own.uHalo.value = style.halo;
    this.own.uOpacity.value = style.opacity;
    this.own.uPictures.value = pictures;
    // Translucent dots add up: none may hide another.
    this.material.depthWrite = style.opacity === 1;
  }

  dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }

  private attribute(name: string): BufferAttribute | undefined {
    return this.geometry.getAttribute(name) as BufferAttribute | undefined;
  }

  private swap(): void {
    const [position, from] = [this.attribute("position"), this.attribute("aFrom")];
    if (!position || !from) return;
    this.geometry.setAttribute("position", from);
    this.geometry.setAttribute("aFrom", position);
  }

  /** Sends the part of an attribute that is in use. */
  private send(name: "position" | "aFrom" | "aStyle"): void {
    const attribute = this.attribute(name);
    if (!attribute) return;
    attribute.clearUpdateRanges();
    attribute.addUpdateRange(0, this.count * attribute.itemSize);
    attribute.needsUpdate = true;
  }
}

function dynamic(array: Float32Array | Uint8Array, size: number): BufferAttribute {
  return new BufferAttribute(array, size).setUsage(DynamicDrawUsage);
}
