import {
  BufferAttribute,
  InstancedBufferGeometry,
  InstancedInterleavedBuffer,
  InterleavedBufferAttribute,
} from "three";

/** Names of attributes and how many numbers each takes, in the order in which they lie in an instance. */
export type Layout = Readonly<Record<string, number>>;

/** A square drawn many times, each with numbers of its own. */
export class Instances {
  readonly geometry = new InstancedBufferGeometry();
  private readonly layout: Layout;

  /** @param corners `x, y` of the square's corners, row by row. */
  constructor(corners: readonly number[], layout: Layout) {
    this.layout = layout;
    this.geometry.setAttribute("position", new BufferAttribute(Float32Array.from(corners), 2));
    this.geometry.setIndex([0, 1, 2, 2, 1, 3]);
    this.geometry.instanceCount = 0;
  }

  /** Replaces the instances: their numbers, one instance after the other. */
  set(numbers: Float32Array): void {
    const { geometry, layout } = this;
    const stride = Object.values(layout).reduce((sum, size) => sum + size, 0);
    // Buffers can't grow on the GPU.
    geometry.dispose();
    const buffer = new InstancedInterleavedBuffer(numbers, stride);
    let offset = 0;
    for (const [name, size] of Object.entries(layout)) {
      geometry.setAttribute(name, new InterleavedBufferAttribute(buffer, size, offset));
      offset += size;
    }
    geometry.instanceCount = numbers.length / stride;
  }

  get count(): number {
    return this.geometry.instanceCount;
  }
}
