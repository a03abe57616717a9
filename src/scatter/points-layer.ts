import { BufferAttribute, BufferGeometry, DynamicDrawUsage, type Material, Points, Sphere } from "three";
import { type Cloud, Flag, type Stale } from "./cloud";
import { hashNumber } from "./hash";
import { orderByKey } from "./order";
import { type Look, PointLooks } from "./points-looks";
import type { Programs } from "./programs";
import type { Uniforms } from "./uniforms";

/** Up to this radius in device pixels a dot is drawn as a speck: its shape could not be seen. */
const SPECK_RADIUS = 1.2;
/** Marked points drawn with rings above all others, at most; more are told by colour alone, as rings would hide them. */
const MAX_APART = 2_000;
/** Points that stay together when the order of drawing is mixed, so that memory is still read in runs. */
const BLOCK = 16;

/** How dots are drawn at the current zoom, in CSS pixels. */
export interface DotStyle {
  readonly radius: number;
  /** Width of the ring in the background's colour that keeps touching dots apart. */
  readonly halo: number;
  /** In [0, 1]. */
  readonly opacity: number;
}

type AttributeName = "position" | "aFrom" | "aStyle";

/**
 * All points in one draw call, the marked ones above them in a second. The attributes are the cloud's own arrays.
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
  private readonly programs: Programs;
  private capacity = -1;
  private count = 0;
  private markedCount = 0;
  /** True when not all points are discs. */
  private shaped = false;
  /** True when something could not be drawn, or not as it should be, for want of its program. */
  makeshift = false;
  private mixedCount = -1;

  constructor(uniforms: Uniforms, programs: Programs) {
    this.uniforms = uniforms;
    this.programs = programs;
    this.looks = new PointLooks(uniforms);
    // three.js would measure a geometry to sort its object, were the result not there.
    for (const geometry of this.geometries) geometry.boundingSphere = new Sphere();
    this.setPlaceholder();
    this.all = new Points(this.ordered, this.looks.first);
    this.all.renderOrder = 2;
    this.marked = new Points(this.chosen, this.looks.first);
    this.marked.renderOrder = 3;
    this.marked.visible = false;
  }

  /** Sends places and styles to the GPU after `Cloud.replace`. */
  upload(cloud: Cloud): void {
    this.count = cloud.count;
    this.shaped = cloud.shaped;
    if (cloud.capacity !== this.capacity) {
      this.capacity = cloud.capacity;
      this.freeGeometries();
      this.setAttribute("position", dynamic(cloud.to, 3));
      this.setAttribute("aFrom", dynamic(cloud.from, 3));
      this.setAttribute("aStyle", dynamic(cloud.style, 4));
      this.mixedCount = -1;
    } else {
      // An earlier swap may have left each name with the other's array.
      if (this.attribute("position")?.array !== cloud.to) this.swap();
      for (const name of ["position", "aFrom", "aStyle"] as const) this.send(name);
    }
    this.ordered.setDrawRange(0, cloud.count);
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

  /** Draws these points above the others, with rings; where they are too many, all alike in the accent's colour. */
  setMarked(indices: readonly number[]): void {
    const known =
      indices.length > MAX_APART ? [] : indices.filter((index) => index >= 0 && index < this.count);
    this.looks.own.uMarksApart.value = indices.length > MAX_APART ? 0 : 1;
    this.markedCount = known.length;
    const before = this.chosen.getIndex();
    if (!before) {
      this.chosen.setIndex(new BufferAttribute(new Uint32Array(MAX_APART), 1).setUsage(DynamicDrawUsage));
    }
    const index = this.chosen.getIndex() as BufferAttribute;
    // The first comes last: it is drawn on top.
    index.array.set(known.toReversed());
    index.needsUpdate = true;
    this.chosen.setDrawRange(0, known.length);
  }

  /**
   * @param pictures in [0, 1]: how far thumbnails have taken the place of images' dots.
   * @param travelling true while points are between two places.
   * @param share in (0, 1]: which part of the points is drawn, taken at random.
   */
  setStyle(style: DotStyle, pictures: number, travelling: boolean, share: number): void {
    const { all, marked, looks, programs } = this;
    const { own } = looks;
    own.uRadius.value = style.radius;
    own.uHalo.value = style.halo;
    own.uOpacity.value = style.opacity;
    own.uPictures.value = pictures;
    const translucent = style.opacity < 1;
    const specks = style.radius * this.uniforms.uPixelRatio.value <= SPECK_RADIUS;
    // While the best look's program is compiled, another will do.
    const dots: Look[] = this.shaped ? ["shapes", "discs"] : ["discs", "shapes"];
    const drawn = looks.apply(specks ? ["specks", ...dots] : [...dots, "specks"], all, travelling, programs);
    all.visible = drawn >= 0;
    // Translucent dots add up: none may hide another.
    (all.material as Material).depthWrite = !translucent;
    all.geometry = translucent || share < 1 ? this.mixedGeometry() : this.ordered;
    this.mixed.setDrawRange(0, Math.ceil(this.count * share));
    const marks = this.markedCount > 0 ? looks.apply(["marks"], marked, travelling, programs) : -1;
    marked.visible = marks >= 0;
    this.makeshift = drawn !== 0 || (this.markedCount > 0 && marks < 0);
  }

  /** Bytes of the GPU's buffers. */
  get bytes(): number {
    const attributes = (["position", "aFrom", "aStyle"] as const).map((name) => this.attribute(name)?.array);
    const indices = [this.mixed.getIndex()?.array, this.chosen.getIndex()?.array];
    return [...attributes, ...indices].reduce((sum, array) => sum + (array?.byteLength ?? 0), 0);
  }

  dispose(): void {
    this.freeGeometries();
    this.looks.dispose();
  }

  /** One hidden point: to draw it has a software renderer get ready for those to come. */
  private setPlaceholder(): void {
    this.capacity = 0;
    this.setAttribute("position", dynamic(new Float32Array(3), 3));
    this.setAttribute("aFrom", dynamic(new Float32Array(3), 3));
    this.setAttribute("aStyle", dynamic(Uint8Array.of(0, 0, Flag.hidden, 0), 4));
    this.ordered.setDrawRange(0, 1);
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
    const indices = new Uint32Array(this.count);
    let at = 0;
    for (const block of order) {
      const end = Math.min(this.count, (block + 1) * BLOCK);
      for (let index = block * BLOCK; index < end; index++) indices[at++] = index;
    }
    this.mixed.setIndex(new BufferAttribute(indices, 1));
    return this.mixed;
  }

  private get geometries(): readonly BufferGeometry[] {
    return [this.ordered, this.mixed, this.chosen];
  }

  /** Buffers can't grow on the GPU: freeing the geometries makes three.js allocate anew. */
  private freeGeometries(): void {
    for (const geometry of this.geometries) geometry.dispose();
  }

  private attribute(name: AttributeName): BufferAttribute | undefined {
    return this.ordered.getAttribute(name) as BufferAttribute | undefined;
  }

  /** The geometries share their attributes, and so the GPU's buffers. */
  private setAttribute(name: AttributeName, attribute: BufferAttribute): void {
    for (const geometry of this.geometries) geometry.setAttribute(name, attribute);
  }

  private swap(): void {
    const [position, from] = [this.attribute("position"), this.attribute("aFrom")];
    if (!position || !from) return;
    this.setAttribute("position", from);
    this.setAttribute("aFrom", position);
  }

  /** Sends the part of an attribute that is in use. */
  private send(name: AttributeName): void {
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
