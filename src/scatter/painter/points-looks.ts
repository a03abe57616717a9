import { GLSL3, LessEqualDepth, RawShaderMaterial } from "three";
import { POINTS_FRAGMENT, POINTS_VERTEX, SPECKS_FRAGMENT, SPECKS_VERTEX } from "./points-shader";
import type { Uniforms } from "./uniforms";

/** One program for points at rest, which need not know where they came from, and one for points that travel. */
type Pair = readonly [still: RawShaderMaterial, moving: RawShaderMaterial];

/** Ways to draw points: as discs, each in the shape of its kind, as specks, and marked ones with rings. */
export type Look = "discs" | "shapes" | "specks" | "marks";

/**
 * The programs that points are drawn with. Each does no more than its look needs: without a GPU, drawing ten thousand
 * plain discs with the program of all shapes and rings takes twice as long.
 */
export class PointLooks {
  readonly own = {
    uRadius: { value: 4.5 },
    uHalo: { value: 1.5 },
    uOpacity: { value: 1 },
    uPictures: { value: 0 },
    uMarksApart: { value: 1 },
  };
  private readonly materials: Record<Look, Pair>;
  private readonly uniforms: Uniforms;

  constructor(uniforms: Uniforms) {
    this.uniforms = uniforms;
    this.materials = {
      discs: this.pair(POINTS_VERTEX, POINTS_FRAGMENT, {}),
      shapes: this.pair(POINTS_VERTEX, POINTS_FRAGMENT, { SHAPES: 1 }),
      specks: this.pair(SPECKS_VERTEX, SPECKS_FRAGMENT, {}),
      marks: this.pair(POINTS_VERTEX, POINTS_FRAGMENT, { SHAPES: 1, MARKS: 1 }),
    };
  }

  /** What a look is drawn with while points rest, or travel. */
  material(look: Look, travelling: boolean): RawShaderMaterial {
    return this.materials[look][travelling ? 1 : 0];
  }

  dispose(): void {
    for (const pair of Object.values(this.materials)) for (const material of pair) material.dispose();
  }

  private pair(vertexShader: string, fragmentShader: string, defines: Record<string, number>): Pair {
    const program = (more: Record<string, number>) =>
      new RawShaderMaterial({
        glslVersion: GLSL3,
        vertexShader,
        fragmentShader,
        defines: { ...defines, ...more },
        uniforms: { ...this.uniforms, ...this.own },
        transparent: true,
        depthFunc: LessEqualDepth,
      });
    return [program({}), program({ TRAVELS: 1 })];
  }
}
