import {
  BufferAttribute,
  type DataTexture,
  DynamicDrawUsage,
  GLSL3,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  LessEqualDepth,
  Mesh,
  RawShaderMaterial,
} from "three";
import type { Cell } from "./atlas";
import type { Cloud } from "./cloud";
import type { Programs } from "./programs";
import type { Uniforms } from "./uniforms";

const VERTEX = /* glsl */ `
precision highp float;
in vec2 position;
in vec3 aFrom;
in vec3 aTo;
in vec4 aCell;
uniform mat4 uMatrix;
uniform vec2 uViewport;
uniform float uMix;
uniform float uPixelRatio;
uniform vec3 uDepth;
uniform float uSide;
out vec2 vSpot;
flat out vec2 vCorner;
flat out vec4 vLook;

void main() {
  vec4 place = uMatrix * vec4(mix(aFrom, aTo, uMix), 1.0);
  if (place.w < 0.06) { gl_Position = vec4(2.0, 2.0, 2.0, 1.0); return; }
  float grown = aCell.w > 1.5 ? uMix : 1.0;
  float reach = 0.5 * uSide * clamp(1.0 / place.w, 0.55, 2.2) * grown;
  float extent = reach + 1.0 / uPixelRatio;
  vSpot = position * extent;
  vCorner = aCell.xy;
  float depth = clamp((place.w - uDepth.x) / max(uDepth.y - uDepth.x, 1e-6), 0.0, 1.0);
  float dimmed = mod(aCell.w, 2.0) > 0.5 ? 0.8 : uDepth.z * depth;
  vLook = vec4(reach, dimmed, aCell.z, 0.0);
  place.xy += vSpot / (uViewport * 0.5) * place.w;
  gl_Position = place;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
in vec2 vSpot;
flat in vec2 vCorner;
flat in vec4 vLook;
uniform sampler2D uPage;
uniform float uCellSize;
uniform float uPixelRatio;
uniform float uPresence;
uniform vec3 uBackground;
out vec4 outColour;

float roundedSquare(vec2 p, float r, float corner) {
  vec2 q = abs(p) - (r - corner);
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - corner;
}

void main() {
  float reach = vLook.x;
  float corner = reach * 0.34;
  float edge = roundedSquare(vSpot, reach, corner);
  float cover = clamp(0.5 - edge * uPixelRatio, 0.0, 1.0) * uPresence;
  if (cover < 0.01) discard;
  // A border of 1 px in the background's colour keeps overlapping pictures apart.
  float border = min(1.0, reach * 0.08);
  float inside = clamp(0.5 - (edge + border) * uPixelRatio, 0.0, 1.0);
  vec2 texel = 0.5 / vec2(textureSize(uPage, 0));
  vec2 uv = vec2(0.5, 0.5) + vec2(0.5, -0.5) * vSpot / reach;
  float drawn = 2.0 * reach * uPixelRatio;
  // A bilinear sample covers two texels each way. Cells are up to four times as large as they are drawn: then it takes
  // four of them within the pixel. Without a GPU each costs as much as all the rest.
  int taps = uCellSize * float(textureSize(uPage, 0).x) > 2.2 * drawn ? 4 : 1;
  vec3 colour = vec3(0.0);
  for (int tap = 0; tap < taps; tap++) {
    vec2 offset = taps == 1 ? vec2(0.0) : (vec2(float(tap & 1), float(tap >> 1)) - 0.5) * (0.5 / drawn);
    vec2 spot = vCorner + clamp(uv + offset, 0.0, 1.0) * uCellSize;
    vec4 texture_ = texture(uPage, clamp(spot, vCorner + texel, vCorner + uCellSize - texel));
    colour += mix(vec3(1.0), texture_.rgb, texture_.a) / float(taps);
  }
  colour = mix(colour, uBackground, vLook.y);
  outColour = vec4(mix(uBackground, colour, inside), cover);
}
`;

/** The thumbnails that lie on one page of an atlas, in one draw call. */
export class ThumbnailBatch {
  readonly object: Mesh;
  private readonly geometry = new InstancedBufferGeometry();
  private readonly material: RawShaderMaterial;
  private readonly own: { uPage: { value: DataTexture }; uCellSize: { value: number } };
  private readonly programs: Programs;
  private capacity = 0;
  private count = 0;
  /** The points whose pictures these are. */
  private indices = new Uint32Array();

  constructor(
    uniforms: Uniforms,
    style: { uSide: { value: number }; uPresence: { value: number } },
    page: DataTexture,
    cellSize: number,
    programs: Programs,
  ) {
    this.programs = programs;
    this.own = { uPage: { value: page }, uCellSize: { value: cellSize } };
    this.geometry.setAttribute(
      "position",
      new BufferAttribute(new Float32Array([-1, -1, 1, -1, -1, 1, 1, 1]), 2),
    );
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    this.geometry.instanceCount = 0;
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...uniforms, ...style, ...this.own },
      transparent: true,
      depthFunc: LessEqualDepth,
    });
    this.object = new Mesh(this.geometry, this.material);
    this.object.renderOrder = 1;
    this.object.visible = false;
  }

  /** True when the GPU has the program for pictures. */
  get isReady(): boolean {
    return this.programs.isReady(this.material);
  }

  /** Empties the batch and makes room for up to `count` thumbnails. */
  begin(count: number): void {
    this.count = 0;
    if (count <= this.capacity) return;
    this.geometry.dispose();
    this.capacity = Math.max(64, Math.ceil(count * 1.5));
    this.indices = new Uint32Array(this.capacity);
    this.geometry.setAttribute("aFrom", instanced(this.capacity, 3));
    this.geometry.setAttribute("aTo", instanced(this.capacity, 3));
    this.geometry.setAttribute("aCell", instanced(this.capacity, 4));
  }

  /** Adds the picture of a point; `look` is 1 when it is dimmed, and 2 more when it grows in. */
  add(index: number, cell: Cell, look: number, cloud: Cloud): void {
    const at = this.count++;
    this.indices[at] = index;
    this.writePlace(at, cloud);
    this.geometry.getAttribute("aCell").array.set([cell.u, cell.v, 0, look], at * 4);
  }

  /** Copies the places again: the points were moved. */
  follow(cloud: Cloud): void {
    for (let at = 0; at < this.count; at++) this.writePlace(at, cloud);
    this.send("aFrom", "aTo");
  }

  /** Sends what was added to the GPU. */
  end(): void {
    this.send("aFrom", "aTo", "aCell");
    this.geometry.instanceCount = this.count;
    this.object.visible = this.count > 0;
  }

  dispose(): void {
    this.geometry.dispose();
    this.material.dispose();
  }

  private writePlace(at: number, cloud: Cloud): void {
    const from = this.geometry.getAttribute("aFrom").array;
    const to = this.geometry.getAttribute("aTo").array;
    const index = this.indices[at];
    for (let axis = 0; axis < 3; axis++) {
      from[at * 3 + axis] = cloud.from[index * 3 + axis];
      to[at * 3 + axis] = cloud.to[index * 3 + axis];
    }
  }

  private send(...names: string[]): void {
    for (const name of names) {
      const attribute = this.geometry.getAttribute(name);
      if (attribute) attribute.needsUpdate = true;
    }
  }
}

function instanced(capacity: number, size: number): InstancedBufferAttribute {
  return new InstancedBufferAttribute(new Float32Array(capacity * size), size).setUsage(DynamicDrawUsage);
}
