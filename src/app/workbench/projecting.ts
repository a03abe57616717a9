import type { ProjectionOptions } from "../../projection";
import { componentsFor } from "./components";
import type { Context } from "./context";
import type { Layout } from "./layout";
import type { AxisChoice } from "./types";

/** Changes how the space is squeezed onto the map, and lays it out accordingly. */
export function createProjecting({ store }: Context, layout: Layout, save: () => void) {
  const changeProjection = (options: Partial<ProjectionOptions>) => {
    store.setState((state) => {
      const projection = { ...state.projection, ...options };
      return {
        projection: {
          ...projection,
          components: componentsFor(projection.components, projection.dimensions),
        },
      };
    });
  };
  return {
    /** Lays the shown space out from scratch, so that the same seed gives the same map. */
    async project(options: Partial<ProjectionOptions>) {
      changeProjection(options);
      await layout.anew();
      return { layout: store.getState().layout, positions: layout.frame().positions };
    },
    setProjection(options: Partial<ProjectionOptions>): void {
      changeProjection(options);
      layout.refresh();
      save();
    },
    setAxes(axes: readonly AxisChoice[]): void {
      store.setState((state) => ({ axes, projection: { ...state.projection, method: "axes" } }));
      layout.refresh();
      save();
    },
  };
}
