import { principalComponents } from "../../core/pca";
import { applyLinearMap } from "./linear-map";
import type { LayoutMethod } from "./method";

/** Principal component analysis: straight axes along which the vectors vary most. Deterministic. */
export const method: LayoutMethod = {
  alignment: "axes",
  async layOut({ matrix, options }, run) {
    run.enter("layout");
    const components = options.components ?? Array.from({ length: options.dimensions }, (_, axis) => axis);
    const found = await principalComponents(matrix, Math.max(...components) + 1, run.step);
    const { dimension } = matrix;
    const axes = new Float64Array(components.length * dimension);
    components.forEach((component, axis) => {
      axes.set(
        found.linear.axes.subarray(component * dimension, (component + 1) * dimension),
        axis * dimension,
      );
    });
    const linear = { origin: found.linear.origin, axes };
    const explained = components.map((component) => found.explained[component]);
    return { positions: applyLinearMap(linear, matrix), explained, linear };
  },
};
