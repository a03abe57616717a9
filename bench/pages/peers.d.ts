/** Peers carry types of their own, but are installed by `npm run bench` alone; this is what the benchmarks use of them. */
declare module "peers/regl-scatterplot/dist/regl-scatterplot.esm.js" {
  export default function createScatterplot(options: {
    canvas: HTMLCanvasElement;
    width: number;
    height: number;
    pointSize: number;
    mouseMode: "panZoom" | "lasso";
  }): { draw(points: readonly number[][]): Promise<void>; destroy(): void };
}
