/** Peers carry types of their own, but are installed by `npm run bench` alone; this is what the benchmarks use of them. */
declare module "peers/regl-scatterplot/dist/regl-scatterplot.esm.js" {
  export interface Scatterplot {
    draw(
      points: { x: Float32Array; y: Float32Array; valueA: Uint8Array },
      options?: { preventFilterReset?: boolean },
    ): Promise<void>;
    /** What draws, on a WebGL canvas of its own. */
    get(property: "renderer"): { readonly canvas: HTMLCanvasElement };
    destroy(): void;
  }
  export default function createScatterplot(options: {
    canvas: HTMLCanvasElement;
    width: number;
    height: number;
    pointSize: number;
    pointColor: readonly string[];
    colorBy: "valueA";
    mouseMode: "panZoom" | "lasso";
  }): Scatterplot;
}

declare module "peers/embedding-atlas/dist/umap.js" {
  interface Umap {
    readonly embedding: Float32Array;
    run(): Promise<void>;
    destroy(): void;
  }
  export function createUMAP(
    count: number,
    inputDim: number,
    outputDim: number,
    data: Float32Array,
    options: { metric: "cosine" | "euclidean"; nEpochs?: number; seed?: number },
  ): Promise<Umap>;
}
