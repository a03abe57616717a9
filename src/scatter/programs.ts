import type { Camera, Material, Mesh, Points, Scene, WebGLRenderer } from "three";

/** What three.js keeps for a material that was compiled. */
interface Linked {
  readonly program: WebGLProgram;
  getUniforms(): unknown;
  getAttributes(): unknown;
}

/** A material whose program is being compiled. */
interface Compiling {
  readonly material: Material;
  /** Null where there is nothing to wait for. */
  fence: WebGLSync | null;
  readonly since: number;
}

/** Milliseconds for which a quiet moment of the GPU is waited for; a map that never rests is drawn all the same. */
const PATIENCE = 1000;

/**
 * The GPU's programs, compiled beside the page: to draw with one that isn't there yet would hold the page until it is,
 * tens of milliseconds each where there is no GPU. A fence behind each tells when it is: the extension for that,
 * KHR_parallel_shader_compile, is missing in just those browsers that draw in software. They are compiled one after
 * the other, in the order in which they were asked for.
 */
export class Programs {
  private readonly queue: { readonly layer: Mesh | Points; readonly material: Material }[] = [];
  private readonly asked = new Set<Material>();
  private readonly ready = new Set<Material>();
  private compiling: Compiling | undefined;
  /** True after the context came back: all are then compiled anew when they are first drawn. */
  private lost = false;
  private readonly webgl: WebGLRenderer;
  private readonly scene: Scene;
  private readonly camera: Camera;

  constructor(webgl: WebGLRenderer, scene: Scene, camera: Camera) {
    this.webgl = webgl;
    this.scene = scene;
    this.camera = camera;
  }

  /** Asks, once, for the program of a material that a layer is drawn with. */
  want(layer: Mesh | Points, material: Material): void {
    if (this.asked.has(material)) return;
    this.asked.add(material);
    this.queue.push({ layer, material });
  }

  /** True when something drawn with this material holds the page no longer. */
  isReady(material: Material): boolean {
    return this.lost || this.ready.has(material);
  }

  /** Looks whether the one being compiled is there. */
  look(): void {
    if (!this.compiling || !this.isCompiled(this.compiling)) return;
    const { material } = this.compiling;
    const linked = this.programOf(material);
    if (linked) this.ask(linked);
    this.ready.add(material);
    this.compiling = undefined;
  }

  /**
   * Begins the next one if none is being compiled. Call after drawing: what is drawn would have to wait for one that was
   * begun before.
   */
  begin(): void {
    if (this.compiling?.fence) this.waitLonger(this.compiling);
    while (!this.compiling && this.queue.length > 0) {
      this.compileNext();
      // Those that are there already take no time.
      this.look();
    }
  }

  /** True while some are not there yet. */
  get busy(): boolean {
    return !this.lost && (this.compiling !== undefined || this.queue.length > 0);
  }

  /** The context came back empty. */
  restored(): void {
    this.lost = true;
    this.queue.length = 0;
    this.compiling = undefined;
  }

  private compileNext(): void {
    const next = this.queue.shift();
    if (!next) return;
    const { layer, material } = next;
    const { programs } = this.webgl.info;
    const before = programs?.length;
    const drawnWith = layer.material;
    layer.material = material;
    this.webgl.compile(layer, this.camera, this.scene);
    layer.material = drawnWith;
    const gl = this.webgl.getContext() as WebGL2RenderingContext;
    // A material whose program another one has, too, needs no compiling.
    const fence = programs?.length === before ? null : this.fenceBehind(gl, material);
    gl.flush();
    this.compiling = { material, fence, since: performance.now() };
  }

  /** Moves the fence behind what was drawn since, because questions would wait for that, too. */
  private waitLonger(compiling: Compiling): void {
    if (!compiling.fence || performance.now() - compiling.since > PATIENCE) return;
    const gl = this.webgl.getContext() as WebGL2RenderingContext;
    gl.deleteSync(compiling.fence);
    compiling.fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /**
   * A fence that is signalled once a program is linked. Linking goes on beside the GPU's commands, which do not wait for
   * it unless one of them needs it; of those that do, validating alone has the page wait for nothing.
   */
  private fenceBehind(gl: WebGL2RenderingContext, material: Material): WebGLSync | null {
    const linked = this.programOf(material);
    if (linked) gl.validateProgram(linked.program);
    return gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  }

  /** Asks for all that drawing needs to know of it now: in the middle of a frame the answers would wait for the frame. */
  private ask(linked: Linked): void {
    const gl = this.webgl.getContext();
    if (!gl.isContextLost() && !gl.getProgramParameter(linked.program, gl.LINK_STATUS)) {
      throw new Error(`A program of the map could not be linked: ${gl.getProgramInfoLog(linked.program)}`);
    }
    linked.getUniforms();
    linked.getAttributes();
  }

  private programOf(material: Material): Linked | undefined {
    return (this.webgl.properties.get(material) as { readonly currentProgram?: Linked }).currentProgram;
  }

  private isCompiled({ fence }: Compiling): boolean {
    if (!fence) return true;
    const gl = this.webgl.getContext() as WebGL2RenderingContext;
    if (gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) return false;
    gl.deleteSync(fence);
    return true;
  }
}
