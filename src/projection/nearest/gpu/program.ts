import { NamedError } from "../../../core/errors";
import type { Candidates } from "../../../core/knn/kernel";
import bestSource from "./best.wgsl?raw";
import productsSource from "./products.wgsl?raw";

/** Rows of a tile's side; the shader's own number. */
export const TILE = 64;

/** Bytes of the products of one block of rows: enough work for any GPU, and little beside its memory. */
const MOST_PRODUCTS = 64e6;

/** Rows of a block at most. */
const MOST_ROWS = 1024;

/** Invocations that look for the best of a row, where their lists fit into the workgroup's memory. */
const MOST_THREADS = 64;

/** With fewer the search would take longer than on the processor. */
const LEAST_THREADS = 8;

/** Milliseconds in which a GPU that goes away says so. */
const GOODBYE = 100;

/** The shader's mark for an entry that nothing came into. */
const NOBODY = 0xffffffff;

/** How the rows lie in the GPU's memory. */
export interface Shape {
  readonly rows: number;
  /** Rows with padding, a multiple of `TILE`. */
  readonly padded: number;
  /** Numbers of a row with padding of zeros, a multiple of 16. */
  readonly width: number;
  /** Entries kept for each row. */
  readonly kept: number;
}

/** The search, compiled for one shape, with its memory on the GPU. */
export interface Program {
  /** Rows that one call to `search` may be given, a multiple of `TILE`. */
  readonly mostRows: number;
  /** Puts whole rows (`count × width` numbers) in their place. */
  writeRows(from: number, rows: Float32Array): void;
  /** What each row loses as a neighbour, `padded` numbers. */
  writePenalties(penalties: Float32Array): void;
  /** Finds the best of `count` rows from `from` on, both multiples of `TILE`; resolves when the GPU is done. */
  search(from: number, count: number): Promise<void>;
  /** What was found. */
  read(): Promise<Candidates>;
  /** Gives the GPU's memory back. */
  close(): void;
}

/**
 * Opens a device and compiles the search. Undefined when the rows don't fit into the adapter's limits. Every method, and the
 * opening, throws `DeviceLost` when the GPU goes away and `ProjectionFailed` when it refuses.
 */
export async function openProgram(adapter: GPUAdapter, shape: Shape): Promise<Program | undefined> {
  const { padded, width, kept, rows } = shape;
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize } = adapter.limits;
  const largest = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  // A key and a number for each entry of each list, and those of the heads.
  let threads = MOST_THREADS;
  while (8 * threads * (kept + 1) > maxComputeWorkgroupStorageSize) threads /= 2;
  const mostRows = Math.min(
    MOST_ROWS,
    Math.floor(Math.min(MOST_PRODUCTS, largest) / (4 * padded * TILE)) * TILE,
  );
  const needed = Math.max(4 * padded * width, 8 * rows * kept);
  if (threads < LEAST_THREADS || mostRows < TILE || needed > largest) return undefined;

  const requiredLimits = { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupStorageSize };
  const device = await adapter.requestDevice({ requiredLimits }).catch((cause: unknown) => {
    throw new NamedError("DeviceLost", "The GPU could not be opened.", { cause });
  });
  let isClosed = false;
  const lost = device.lost.then(({ message }) => {
    if (isClosed) return;
    throw new NamedError(
      "DeviceLost",
      `The GPU went away${message ? `: ${message.replace(/\.$/, "")}` : ""}.`,
    );
  });
  // Whoever waits sees it; nobody may be waiting.
  lost.catch(() => undefined);
  const failed = (error: unknown) =>
    error instanceof NamedError
      ? error
      : new NamedError(
          "ProjectionFailed",
          `The GPU refused to compare the vectors (${String(error).split("\n")[0]}).`,
        );
  const orLost = <T>(work: Promise<T>): Promise<T> =>
    Promise.race([work, lost.then(() => work)]).catch(async (error: unknown) => {
      // Work on a GPU that goes away may fail for some reason of its own first.
      await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, GOODBYE))]);
      throw failed(error);
    });

  const buffer = (size: number, usage: number) => device.createBuffer({ size, usage });
  const { STORAGE, COPY_DST, COPY_SRC, UNIFORM, MAP_READ } = GPUBufferUsage;
  device.pushErrorScope("out-of-memory");
  device.pushErrorScope("validation");
  const block = buffer(16, UNIFORM | COPY_DST);
  const data = buffer(4 * padded * width, STORAGE | COPY_DST);
  const penalties = buffer(4 * padded, STORAGE | COPY_DST);
  const products = buffer(4 * padded * mostRows, STORAGE);
  const found = buffer(8 * rows * kept, STORAGE | COPY_SRC);
  const result = buffer(8 * rows * kept, MAP_READ | COPY_DST);
  const pipeline = (code: string, entryPoint: string, constants?: Record<string, number>) =>
    device.createComputePipelineAsync({
      layout: "auto",
      compute: { module: device.createShaderModule({ code }), entryPoint, constants },
    });
  const compile = () =>
    Promise.all([
      pipeline(productsSource, "multiply"),
      pipeline(bestSource, "choose", { KEPT: kept, THREADS: threads }),
    ]);
  const close = () => {
    isClosed = true;
    device.destroy();
  };
  try {
    const [multiply, choose] = await orLost(compile());
    const bind = (program: GPUComputePipeline, ...buffers: readonly GPUBuffer[]) =>
      device.createBindGroup({
        layout: program.getBindGroupLayout(0),
        entries: buffers.map((each, binding) => ({ binding, resource: { buffer: each } })),
      });
    const multiplied = bind(multiply, block, data, products);
    const chosen = bind(choose, block, products, penalties, found);
    const errors = await orLost(Promise.all([device.popErrorScope(), device.popErrorScope()]));
    const error = errors.find((each) => each !== null);
    if (error) throw failed(error.message);

    return {
      mostRows,
      writeRows: (from, numbers) =>
        device.queue.writeBuffer(data, 4 * from * width, numbers as Float32Array<ArrayBuffer>),
      writePenalties: (numbers) =>
        device.queue.writeBuffer(penalties, 0, numbers as Float32Array<ArrayBuffer>),
      async search(from, count) {
        device.queue.writeBuffer(block, 0, Uint32Array.of(from, padded, rows, width / 4));
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        pass.setPipeline(multiply);
        pass.setBindGroup(0, multiplied);
        pass.dispatchWorkgroups(padded / TILE, count / TILE);
        pass.setPipeline(choose);
        pass.setBindGroup(0, chosen);
        pass.dispatchWorkgroups(count);
        pass.end();
        device.queue.submit([encoder.finish()]);
        await orLost(device.queue.onSubmittedWorkDone());
      },
      async read() {
        const encoder = device.createCommandEncoder();
        encoder.copyBufferToBuffer(found, 0, result, 0, result.size);
        device.queue.submit([encoder.finish()]);
        await orLost(result.mapAsync(GPUMapMode.READ));
        return unpack(result.getMappedRange(), kept);
      },
      close,
    };
  } catch (thrown) {
    close();
    throw thrown;
  }
}

/** Entries of a key and a number, taken apart. */
function unpack(entries: ArrayBuffer, kept: number): Candidates {
  const numbers = new Uint32Array(entries);
  const values = new Float32Array(entries);
  const count = numbers.length / 2;
  const keys = new Float32Array(count);
  const ids = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    const isEmpty = numbers[2 * at + 1] === NOBODY;
    keys[at] = isEmpty ? Number.NEGATIVE_INFINITY : values[2 * at];
    ids[at] = isEmpty ? -1 : numbers[2 * at + 1];
  }
  return { kept, keys, ids };
}
