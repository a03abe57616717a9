/** Compiled modules: a second instance then begins with the code that the engine has optimised for the first. */
const modules = new Map<string, WebAssembly.Module>();

/**
 * An instance of a small WebAssembly module given as base64, with a memory of its own unless it takes a shared one. Compiling some kilobytes takes
 * well under a millisecond. Throws `WebAssembly.CompileError` where a feature that it uses is missing.
 */
export function instantiate<Exports>(
  base64: string,
  memory?: WebAssembly.Memory,
): Exports & { readonly memory: WebAssembly.Memory } {
  let module = modules.get(base64);
  if (!module) {
    module = new WebAssembly.Module(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)));
    modules.set(base64, module);
  }
  const { exports } = new WebAssembly.Instance(module, memory && { env: { memory } });
  return exports as unknown as Exports & { readonly memory: WebAssembly.Memory };
}

/** WebAssembly grows in pages of this many bytes. */
const PAGE = 65536;

/** A memory of at least so many bytes that threads share. Throws `RangeError` when there is no more. */
export function sharedMemory(bytes: number): WebAssembly.Memory {
  const pages = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
}

/** The memory, of at least so many bytes. Throws `RangeError` when there is no more. */
export function growTo(memory: WebAssembly.Memory, bytes: number): WebAssembly.Memory {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
  return memory;
}

/** First byte that is free: kernels without data of their own use none, but address 0 is kept empty. */
const FIRST = 64;

/** Hands out places in a module's memory, one after the other, each aligned to a register of 16 bytes. */
export class Arena {
  readonly #memory: WebAssembly.Memory;
  #end = FIRST;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The address of `bytes` bytes of zeros. Throws `RangeError` when there is no more memory. */
  take(bytes: number): number {
    const at = this.#end;
    this.#end = Math.ceil((at + bytes) / 16) * 16;
    growTo(this.#memory, this.#end);
    return at;
  }

  /** A view of numbers in the memory; any later `take` may detach it. */
  floats(at: number, count: number): Float32Array {
    return new Float32Array(this.#memory.buffer, at, count);
  }

  /** As `floats`, of whole numbers. */
  integers(at: number, count: number): Int32Array {
    return new Int32Array(this.#memory.buffer, at, count);
  }
}
