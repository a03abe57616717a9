import type { Tensor } from "onnxruntime-common";
import { NamedError } from "../../core/errors";
import { requireTaps, tapModel } from "../graph/cut";
import { readGraph } from "../graph/read";
import type { Graph } from "../graph/types";
import { fromFloat16 } from "./half";
import type { ExternalData, Runtime, Session, TensorInfo } from "./runtime";

/** Numbers that came out of a network. */
export interface NumberTensor {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** The files of a network, read. */
export interface NetworkFiles {
  readonly graph: Uint8Array<ArrayBuffer>;
  readonly external: readonly ExternalData[];
}

/**
 * How long a wider part is kept after its last job, in milliseconds. Whoever moves through the layers asks again within
 * seconds, and compiling takes up to one; a network that puts out all its layers computes all of them for every input.
 */
export const KEPT_FOR = 20_000;

/** Makes the tensor for one of a graph's inputs. */
export type Feed = (input: TensorInfo) => Tensor;

/** A part of a network that can be run. */
export interface NetworkPart {
  /** What it is to be fed. */
  readonly inputs: readonly TensorInfo[];
  /** Runs it once, after the runs before. `outputs` must be given by it. Throws as `Session.run` does. */
  run(feed: Feed, outputs: readonly string[]): Promise<ReadonlyMap<string, NumberTensor>>;
}

/** A network of which any tensors can be had; only what they need is loaded and computed. */
export interface Network extends NetworkPart {
  readonly graph: Graph;
  /** The graph's file. */
  readonly file: Blob;
  /**
   * Compiles the part of the network that these tensors need, in place of the part before; runs that were asked for
   * come first. Does nothing when they can be had already. Throws `UnknownTap` and as `Runtime.open` does.
   */
  give(outputs: readonly string[]): Promise<void>;
  /**
   * Compiles the part that these tensors need too, for a job that runs them; for `KEPT_FOR` the next such job finds it
   * ready, then only what was given last is kept. Throws as `give` does, and what the job throws.
   */
  widened<T>(outputs: readonly string[], job: () => Promise<T>): Promise<T>;
  /**
   * Compiles another part for a job, and gives its memory back behind it; other runs wait. Throws as `give` does, and
   * what the job throws.
   */
  aside<T>(outputs: readonly string[], job: (part: NetworkPart) => Promise<T>): Promise<T>;
}

/** Reads a network's files. Nothing is compiled before the first `give`. Throws `ModelCorrupt` for other files. */
export function openNetwork(runtime: Runtime, files: NetworkFiles): Network {
  const graph = readGraph(files.graph);
  // Blobs live outside of this worker's memory, on disk when they are large; a later `give` reads them again.
  const kept = {
    graph: new Blob([files.graph]),
    external: files.external.map(({ path, data }) => ({ path, data: new Blob([data as BlobPart]) })),
  };
  let fresh: NetworkFiles | undefined = files;
  let session: Session | undefined;
  let given: readonly string[] = [];
  // What is to be given when no wider part is asked for.
  let wanted: readonly string[] = [];
  let jobs = 0;
  let rest: ReturnType<typeof setTimeout> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(job: () => Promise<T>): Promise<T> => {
    const done = last.then(job);
    last = done.catch(() => {});
    return done;
  };

  const compile = async (outputs: readonly string[], before?: Session) => {
    const all = graph.outputs.map(({ name }) => name);
    const isWhole = all.length === outputs.length && all.every((name) => outputs.includes(name));
    const { graph: bytes, external } = fresh ?? (await readBack(kept));
    fresh = undefined;
    const part = isWhole ? bytes : tapModel(bytes, graph, outputs);
    // What the part before took is free for the new one: a WebAssembly heap never shrinks.
    await before?.close();
    return await runtime.open(part, external);
  };
  const giveNow = async (outputs: readonly string[]) => {
    if (session && outputs.every((name) => given.includes(name))) return;
    await replace(outputs);
  };
  const narrow = async () => {
    // Runs wait meanwhile; should it fail, the wider part does what is wanted, too.
    if (jobs === 0 && given.length > wanted.length) await replace(wanted).catch(() => {});
  };
  const replace = async (outputs: readonly string[]) => {
    requireTaps(graph, outputs);
    const before = session;
    session = undefined;
    session = await compile(outputs, before).catch(async (error) => {
      // The part before goes on, if it still can.
      if (before) session = await compile(given).catch(() => undefined);
      throw error;
    });
    given = outputs;
  };
  const runNow = async (part: Session | undefined, feed: Feed, outputs: readonly string[]) => {
    const has = (name: string) => part?.outputs.some((output) => output.name === name);
    if (!part || !outputs.every(has)) {
      throw new NamedError("EncoderFailed", "The encoder was asked for a layer that is not open.");
    }
    const feeds = Object.fromEntries(part.inputs.map((input) => [input.name, feed(input)]));
    const tensors = await part.run(feeds, outputs);
    return new Map(outputs.map((name) => [name, numbers(tensors[name], name)]));
  };

  return {
    graph,
    file: kept.graph,
    get inputs() {
      return session?.inputs ?? [];
    },
    give: (outputs) =>
      inTurn(async () => {
        await giveNow(outputs);
        wanted = outputs;
      }),
    async widened(outputs, job) {
      clearTimeout(rest);
      jobs += 1;
      try {
        await inTurn(() => giveNow([...new Set([...wanted, ...outputs])]));
        return await job();
      } finally {
        jobs -= 1;
        clearTimeout(rest);
        rest = setTimeout(() => void inTurn(narrow), KEPT_FOR);
      }
    },
    run: (feed, outputs) => inTurn(() => runNow(session, feed, outputs)),
    aside: (outputs, job) =>
      inTurn(async () => {
        const part = await compile(outputs);
        try {
          return await job({ inputs: part.inputs, run: (feed, names) => runNow(part, feed, names) });
        } finally {
          await part.close();
        }
      }),
  };
}

async function readBack(kept: {
  readonly graph: Blob;
  readonly external: readonly { readonly path: string; readonly data: Blob }[];
}): Promise<NetworkFiles> {
  const external = kept.external.map(async ({ path, data }) => ({
    path,
    data: new Uint8Array(await data.arrayBuffer()),
  }));
  return { graph: new Uint8Array(await kept.graph.arrayBuffer()), external: await Promise.all(external) };
}

function numbers(tensor: Tensor | undefined, name: string): NumberTensor {
  const shape = tensor?.dims ?? [];
  const data: unknown = tensor?.data;
  if (data instanceof Float32Array) return { data, shape };
  // Layers inside a float16 model: bits where the browser has no `Float16Array`.
  if (data instanceof Uint16Array && tensor?.type === "float16") return { data: fromFloat16(data), shape };
  if (tensor?.type === "float16" && ArrayBuffer.isView(data)) {
    return { data: Float32Array.from(data as unknown as ArrayLike<number>), shape };
  }
  throw new NamedError("EncoderFailed", `The model's output “${name}” is no list of numbers.`);
}
