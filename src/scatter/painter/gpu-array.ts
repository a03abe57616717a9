import { GLBufferAttribute } from "three";

/** A buffer of the GPU with numbers of every point. The page keeps no copy: what it holds was sent to it. */
export class GpuArray {
  attribute: GLBufferAttribute;
  private buffer: WebGLBuffer;
  private capacity = 0;
  private readonly gl: WebGL2RenderingContext;
  private readonly itemSize: number;
  private readonly elementSize: 1 | 4;

  /**
   * @param itemSize numbers per point.
   * @param elementSize bytes per number: 4 for floats, 1 for bytes.
   */
  constructor(gl: WebGL2RenderingContext, itemSize: number, elementSize: 1 | 4) {
    this.gl = gl;
    this.itemSize = itemSize;
    this.elementSize = elementSize;
    this.buffer = gl.createBuffer();
    this.attribute = this.describe();
  }

  /** Writes the numbers of the first points. Room grows by half, so that items streaming in don't allocate each time. */
  write(numbers: Float32Array | Uint8Array): void {
    const { gl } = this;
    const bytesPerPoint = this.itemSize * this.elementSize;
    const count = numbers.byteLength / bytesPerPoint;
    if (count > this.capacity) {
      this.capacity = Math.max(count, Math.ceil(this.capacity * 1.5), 256);
      gl.deleteBuffer(this.buffer);
      this.buffer = gl.createBuffer();
      // Another object: three.js binds an attribute anew when it is not the one it knows.
      this.attribute = this.describe();
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
      gl.bufferData(gl.ARRAY_BUFFER, this.capacity * bytesPerPoint, gl.DYNAMIC_DRAW);
    } else {
      gl.bindBuffer(gl.ARRAY_BUFFER, this.buffer);
    }
    gl.bufferSubData(gl.ARRAY_BUFFER, 0, numbers);
  }

  get bytes(): number {
    return this.capacity * this.itemSize * this.elementSize;
  }

  dispose(): void {
    this.gl.deleteBuffer(this.buffer);
  }

  private describe(): GLBufferAttribute {
    const { gl, buffer, itemSize, elementSize, capacity } = this;
    const type = elementSize === 1 ? gl.UNSIGNED_BYTE : gl.FLOAT;
    return new GLBufferAttribute(buffer, type, itemSize, elementSize, capacity);
  }
}
