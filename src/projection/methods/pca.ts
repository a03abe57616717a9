import { principalComponents } from "../../core/pca";
import type { LayoutMethod } from "./method";

/** Principal component analysis: straight axes along which the vectors vary most. Deterministic. */
export const pca: LayoutMethod = {
  alignment: "axes",
  async layOut({ matrix, options }, run) {
    run.enter("layout");
    const { scores, explained } = await principalComponents(matrix, options.dimensions, run.step);
    return { positions: scores, explained };
  },
};
