import { BufferAttribute, BufferGeometry, DynamicDrawUsage, type Material, Points, Sphere } from "three";
import { Flag } from "../flags";
import { hashNumber } from "../hash";
import { orderByKey } from "../order";
import { GpuArray } from "./gpu-array";
import type { Marked, PointsUpload, SceneLook } from "./methods";
import { type Look, PointLooks } from "./points-looks";
import type { Uniforms } from "./uniforms";

/** Up to this radius in device pixels a dot is drawn as a speck: its shape could not be seen. */
const SPECK_RADIUS = 1.2;
/** Points that stay together when the order of drawing is mixed, so that memory is still read in runs. */
const BLOCK = 16;

/**
 * All points in one draw call, the marked ones above them in a second.
 *
 * Translucent points are drawn in a mixed order: with data sorted by class, the last class would else cover the others.
 * The beginning of that order is a random part of all points.
 */
export class PointsLayer {
  readonly all: Points;
  readonly marked: Points;
  private readonly ordered = new BufferGeometry();
  private readonly mixed = new BufferGeometry();
  private readonly chosen = new BufferGeometry();
  private readonly looks: PointLooks;
  private readonly uniforms: Uniforms;
  private readonly gl: WebGL2RenderingContext;
  private to: GpuArray;
  /** The same as `to` while all points are where they go. */
  private from: GpuArray;
  private style: GpuArray;
  private count = 0;
  private mixedCount = -1;

  constructor(uniforms: Uniforms, gl: WebGL2RenderingContext) {
    this.uniforms = uniforms;
    this.gl = gl;
    this.looks = new PointLooks(uniforms);
    [this.to, this.style] = this.placeholder();
    this.from = this.to;
    this.all = new Points(this.ordered, this.looks.material("discs", true));
    this.all.renderOrder = 2;
    this.marked = new Points(this.chosen, this.looks.material("marks", false));
    this.marked.renderOrder = 3;
    this.marked.visible = false;
    // three.js would measure a geometry to sort its object, were the result not there.
    for (const geometry of this.geometries) geometry.boundingSphere = new Sphere();
    this.attach();
    this.ordered.setDrawRange(0, 1);
  }

  /** Writes what has changed of the points. */
  upload({ count, swapped, to, from, style }: PointsUpload): void {
    if (swapped) [this.to, this.from] = [this.from, this.to];
    // What is written to one of two arrays that are the same must not show in the other.
    const isShared = () => this.to === this.from;
    if (to && from !== "to" && isShared()) this.to = new GpuArray(this.gl, 3, 4);
    if (to) this.to.write(to);
    if (from === "to") this.join();
    else if (from && isShared()) this.from = new GpuArray(this.gl, 3, 4);
    if (from && from !== "to") this.from.write(from);
    if (style) this.style.write(style);
    this.count = count;
    this.ordered.setDrawRange(0, count);
    this.attach();
  }

  /** Draws these points above the others, with rings. */
  setMarked({ indices, apart }: Marked): void {
    this.looks.own.uMarksApart.value = apart ? 1 : 0;
    const index = indexOf(this.chosen, indices.length);
    // The first comes last: it is drawn on top.
    index.array.set(indices.toReversed());
    this.chosen.setDrawRange(0, indices.length);
    this.marked.visible = indices.length > 0;
  }

  /** Sees to it that points are drawn as a frame asks for. */
  setLook({ dots, presence, mix, share, shaped }: SceneLook): void {
    const { all, marked, looks } = this;
    const { own } = looks;
    own.uRadius.value = dots.radius;
    own.uHalo.value = dots.halo;
    own.uOpacity.value = dots.opacity;
    own.uPictures.value = presence;
    const travelling = mix < 1;
    const translucent = dots.opacity < 1;
    const specks = dots.radius * this.uniforms.uPixelRatio.value <= SPECK_RADIUS;
    const look: Look = specks ? "specks" : shaped ? "shapes" : "discs";
    all.material = looks.material(look, travelling);
    // Translucent dots add up: none may hide another.
    (all.material as Material).depthWrite = !translucent;
    all.geometry = translucent || share < 1 ? this.mixedGeometry() : this.ordered;
    this.mixed.setDrawRange(0, Math.ceil(this.count * share));
    marked.material = looks.material("marks", travelling);
  }

  /** The GPU's context came back empty: what was on it has to be uploaded again. */
  restored(): void {
    [this.to, this.style] = this.placeholder();
    this.from = this.to;
    this.attach();
  }

  /** Bytes of the GPU's buffers. */
  get bytes(): number {
    const arrays = new Set([this.to, this.from, this.style]);
    const indices = [this.mixed, this.chosen].map((geometry) => geometry.getIndex()?.array.byteLength ?? 0);
    return [...arrays].reduce((sum, { bytes }) => sum + bytes, 0) + indices[0] + indices[1];
  }

  dispose(): void {
    for (const geometry of this.geometries) geometry.dispose();
    for (const array of new Set([this.to, this.from, this.style])) array.dispose();
    this.looks.dispose();
  }

  /** One hidden point: to draw it has a software renderer get ready for those to come. */
  private placeholder(): [GpuArray, GpuArray] {
    const places = new GpuArray(this.gl, 3, 4);
    places.write(new Float32Array(3));
    const style = new GpuArray(this.gl, 4, 1);
    style.write(Uint8Array.of(0, 0, Flag.hidden, 0));
    return [places, style];
  }

  /** The points in blocks whose order looks random. */
  private mixedGeometry(): BufferGeometry {
    if (this.mixedCount === this.count) return this.mixed;
    this.mixedCount = this.count;
    const blocks = Math.ceil(this.count / BLOCK);
    const order = orderByKey(
      Uint32Array.from({ length: blocks }, (_, block) => hashNumber(block)),
      blocks,
    );
    const indices = indexOf(this.mixed, this.count).array;
    let at = 0;
    for (const block of order) {
      const end = Math.min(this.count, (block + 1) * BLOCK);
      for (let index = block * BLOCK; index < end; index++) indices[at++] = index;
    }
    return this.mixed;
  }

  private get geometries(): readonly BufferGeometry[] {
    return [this.ordered, this.mixed, this.chosen];
  }

  /** All points are where they go: one array serves as both. */
  private join(): void {
    if (this.from !== this.to) this.from.dispose();
    this.from = this.to;
  }

  private attach(): void {
    for (const geometry of this.geometries) {
      for (const [name, { attribute }] of [
        ["position", this.to],
        ["aFrom", this.from],
        ["aStyle", this.style],
      ] as const) {
        // three.js takes both kinds; its types know of one.
        geometry.setAttribute(name, attribute as unknown as BufferAttribute);
      }
    }
  }
}

/** A geometry's index with room for `count` points, to be written and then sent. It grows by half: see `GpuArray`. */
function indexOf(geometry: BufferGeometry, count: number): BufferAttribute {
  let index = geometry.getIndex();
  if (!index || index.count < count) {
    const capacity = Math.max(count, Math.ceil((index?.count ?? 0) * 1.5));
    index = new BufferAttribute(new Uint32Array(capacity), 1).setUsage(DynamicDrawUsage);
    geometry.setIndex(index);
  }
  index.needsUpdate = true;
  return index;
}
