import { GLSL3, Mesh, RawShaderMaterial } from "three";
import { Instances } from "./instances";
import type { Uniforms } from "./uniforms";

/** What a line is made of: the places that its ends travel between, and how strong it is, in [0, 1]. */
export const LINE_LAYOUT = { aStartFrom: 3, aStartTo: 3, aEndFrom: 3, aEndTo: 3, aWeight: 1 } as const;

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

/** Lines from the selection to its true neighbours: antialiased quads below the points, wider and stronger by weight. */
export class LinesLayer {
  readonly object: Mesh;
  private readonly instances = new Instances([0, -1, 1, -1, 0, 1, 1, 1], LINE_LAYOUT);
  private readonly material: RawShaderMaterial;

  constructor(uniforms: Uniforms) {
    this.material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...uniforms },
      transparent: true,
      depthTest: false,
      depthWrite: false,
    });
    this.object = new Mesh(this.instances.geometry, this.material);
    this.object.renderOrder = 0;
    this.object.visible = false;
  }

  /** Replaces the lines; see `Frame.lines`. */
  set(lines: Float32Array): void {
    this.instances.set(lines);
    this.object.visible = this.instances.count > 0;
  }

  dispose(): void {
    this.instances.geometry.dispose();
    this.material.dispose();
  }
}
