import {
  BufferAttribute,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  RawShaderMaterial,
} from "three";
import type { Cloud } from "./cloud";
import type { ScatterLine } from "./types";
import type { Uniforms } from "./uniforms";

const VERTEX = /* glsl */ `
precision highp float;
in vec2 position;
in vec3 aStartFrom;
in vec3 aStartTo;
in vec3 aEndFrom;
in vec3 aEndTo;
in float aWeight;
uniform mat4 uMatrix;
uniform vec2 uViewport;
uniform float uMix;
uniform float uPixelRatio;
out float vAcross;
flat out vec2 vStroke;

void main() {
  vec4 start = uMatrix * vec4(mix(aStartFrom, aStartTo, uMix), 1.0);
  vec4 end = uMatrix * vec4(mix(aEndFrom, aEndTo, uMix), 1.0);
  // An end behind the eye is drawn back along the line to just before it.
  const float NEAR = 0.06;
  if (start.w < NEAR && end.w < NEAR) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  if (start.w < NEAR) start = mix(start, end, (NEAR - start.w) / (end.w - start.w));
  if (end.w < NEAR) end = mix(end, start, (NEAR - end.w) / (start.w - end.w));
  vec2 a = start.xy / start.w * uViewport * 0.5;
  vec2 b = end.xy / end.w * uViewport * 0.5;
  vec2 along = b - a;
  float span = max(length(along), 1e-4);
  vec2 normal = vec2(-along.y, along.x) / span;
  float width = 0.8 + 1.8 * aWeight;
  float half_ = width * 0.5 + 1.0 / uPixelRatio;
  vec2 spot = mix(a, b, position.x) + normal * position.y * half_;
  vAcross = position.y * half_;
  vStroke = vec2(width * 0.5, 0.15 + 0.6 * aWeight);
  gl_Position = vec4(spot / (uViewport * 0.5), 0.0, 1.0);
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
in float vAcross;
flat in vec2 vStroke;
uniform vec3 uAccent;
uniform float uPixelRatio;
out vec4 outColour;

void main() {
  float cover = clamp(0.5 - (abs(vAcross) - vStroke.x) * uPixelRatio, 0.0, 1.0);
  outColour = vec4(uAccent, cover * vStroke.y);
}
`;

/** Attribute names of the four places that a line travels between. */
const PLACES = ["aStartFrom", "aStartTo", "aEndFrom", "aEndTo"] as const;

/** Lines from the selection to its true neighbours: antialiased quads below the points, wider and stronger by weight. */
export class LinesLayer {
  readonly object: Mesh;
  private readonly geometry = new InstancedBufferGeometry();
  private readonly material: RawShaderMaterial;
  private capacity = 0;
  private lines: readonly ScatterLine[] = [];

  constructor(uniforms: Uniforms) {
    const corners = new Float32Array([0, -1, 1, -1, 0, 1, 1, 1]);
    this.geometry.setAttribute("position", new BufferAttribute(corners, 2));
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    this.geometry.instanceCount = 0;
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...uniforms },
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.object = new Mesh(this.geometry, this.material);
    this.object.renderOrder = 0;
    this.object.visible = false;
  }

  /** Replaces the lines; those to points that don't exist or aren't drawn are left out. */
  set(lines: readonly ScatterLine[], cloud: Cloud): void {
    this.lines = lines;
    this.upload(cloud);
  }

  /** Copies the ends' places again, after the points were replaced or moved. */
  upload(cloud: Cloud): void {
    this.reserve(this.lines.length);
    let drawn = 0;
    for (const line of this.lines) {
      const ends = [line.from, line.to];
      if (ends.some((index) => !(index >= 0 && index < cloud.count) || cloud.isHidden(index))) continue;
      ends.forEach((index, end) => {
        const at = index * 3;
        this.geometry.getAttribute(PLACES[end * 2]).array.set(cloud.from.subarray(at, at + 3), drawn * 3);
        this.geometry.getAttribute(PLACES[end * 2 + 1]).array.set(cloud.to.subarray(at, at + 3), drawn * 3);
      });
      this.geometry.getAttribute("aWeight").array[drawn] = Math.min(1, Math.max(0, line.weight));
      drawn++;
    }
    for (const name of [...PLACES, "aWeight"]) {
      const attribute = this.geometry.getAttribute(name);
      if (attribute) attribute.needsUpdate = true;
    }
    this.geometry.instanceCount = drawn;
    this.object.visible = drawn > 0;
  }

  dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }

  private reserve(count: number): void {
    if (count <= this.capacity) return;
    this.geometry.dispose();
    this.capacity = Math.max(32, count * 2);
    for (const name of PLACES) this.geometry.setAttribute(name, instanced(this.capacity, 3));
    this.geometry.setAttribute("aWeight", instanced(this.capacity, 1));
  }
}

function instanced(capacity: number, size: number): InstancedBufferAttribute {
  return new InstancedBufferAttribute(new Float32Array(capacity * size), size).setUsage(DynamicDrawUsage);
}
