import {
  type DataTexture,
  GLSL3,
  LessEqualDepth,
  Mesh,
  RawShaderMaterial,
  type Scene,
  type WebGLRenderer,
} from "three";
import { PAGE_SIDE } from "../atlas-slots";
import { EDGE_STRENGTH, GLSL_FRAME_WIDTH } from "../look";
import { AtlasPage } from "./atlas-page";
import { Instances } from "./instances";
import type { PicturesOfPage, PictureUpload } from "./methods";
import { addLayer } from "./stage";
import type { Uniforms } from "./uniforms";

/**
 * What a drawn picture is made of: the places that it travels between, and the corner of its cell, one more than the palette
 * index of its frame (0: it has none), and its look: 1 when it is dimmed, 2 more when it grows in.
 */
export const PICTURE_LAYOUT = { aFrom: 3, aTo: 3, aCell: 4 } as const;

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
uniform sampler2D uPalette;
out vec2 vSpot;
flat out vec2 vCorner;
flat out vec2 vLook;
flat out vec4 vFrame;

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
  vLook = vec2(reach, dimmed);
  vFrame = vec4(0.0);
  if (aCell.z > 0.5) vFrame = vec4(texelFetch(uPalette, ivec2(int(aCell.z - 0.5), 0), 0).rgb, ${GLSL_FRAME_WIDTH});
  place.xy += vSpot / (uViewport * 0.5) * place.w;
  gl_Position = place;
}
`;

const FRAGMENT = /* glsl */ `
precision highp float;
in vec2 vSpot;
flat in vec2 vCorner;
flat in vec2 vLook;
flat in vec4 vFrame;
uniform sampler2D uPage;
uniform float uCellSize;
uniform float uPixelRatio;
uniform float uPresence;
uniform vec3 uBackground;
uniform vec3 uText;
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
  // A frame is drawn around the picture, which is smaller by it: nothing of it is hidden.
  float shown = reach - vFrame.a;
  vec2 uv = vec2(0.5, 0.5) + vec2(0.5, -0.5) * vSpot / shown;
  float drawn = 2.0 * shown * uPixelRatio;
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
  // A frame in the point's colour, or a hairline along the edge, lest a white one vanish on a white map.
  float width = vFrame.a > 0.0 ? vFrame.a : border;
  float without = 1.0 - clamp(0.5 - (edge + border + width) * uPixelRatio, 0.0, 1.0);
  colour = vFrame.a > 0.0 ? mix(colour, vFrame.rgb, without) : mix(colour, uText, ${EDGE_STRENGTH} * without);
  colour = mix(colour, uBackground, vLook.y);
  outColour = vec4(mix(uBackground, colour, inside), cover);
}
`;

/** A page of the atlas, and what is drawn from it in one draw call. */
interface Page {
  readonly atlas: AtlasPage;
  readonly object: Mesh;
  readonly instances: Instances;
  readonly material: RawShaderMaterial;
  readonly cellSize: { value: number };
}

/** Small pictures in place of dots, from the pages of an atlas. */
export class PicturesLayer {
  private readonly pages = new Map<number, Page>();
  private readonly style = { uSide: { value: 40 }, uPresence: { value: 1 } };
  private readonly uniforms: Uniforms;
  private readonly webgl: WebGLRenderer;
  private readonly scene: Scene;

  constructor(uniforms: Uniforms, webgl: WebGLRenderer, scene: Scene) {
    this.uniforms = uniforms;
    this.webgl = webgl;
    this.scene = scene;
  }

  /** Side in CSS pixels, and presence in [0, 1]. */
  setStyle(side: number, presence: number): void {
    this.style.uSide.value = side;
    this.style.uPresence.value = presence;
  }

  /** Puts a picture into its cells, and frees it. */
  receive({ picture, cells }: PictureUpload): void {
    for (const cell of cells) this.page(cell.page).atlas.put(picture, cell, this.webgl);
    picture.close();
  }

  /** Replaces what is drawn from a page. */
  show({ page: number, side, instances }: PicturesOfPage): void {
    const page = this.page(number);
    page.cellSize.value = side / PAGE_SIDE;
    page.instances.set(instances);
    page.object.visible = page.instances.count > 0;
  }

  /** Forgets all pictures and frees their memory. */
  clear(): void {
    for (const { atlas, object, instances, material } of this.pages.values()) {
      this.scene.remove(object);
      instances.geometry.dispose();
      material.dispose();
      atlas.dispose();
    }
    this.pages.clear();
  }

  private page(number: number): Page {
    const known = this.pages.get(number);
    if (known) return known;
    const atlas = new AtlasPage();
    const instances = new Instances([-1, -1, 1, -1, -1, 1, 1, 1], PICTURE_LAYOUT);
    const cellSize = { value: 1 };
    const own: { uPage: { value: DataTexture }; uCellSize: { value: number } } = {
      uPage: { value: atlas.texture },
      uCellSize: cellSize,
    };
    const material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: VERTEX,
      fragmentShader: FRAGMENT,
      uniforms: { ...this.uniforms, ...this.style, ...own },
      transparent: true,
      depthFunc: LessEqualDepth,
    });
    const object = new Mesh(instances.geometry, material);
    object.renderOrder = 1;
    object.visible = false;
    addLayer(this.scene, object);
    const page = { atlas, object, instances, material, cellSize };
    this.pages.set(number, page);
    return page;
  }
}
