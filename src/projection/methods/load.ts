import type { ProjectionMethod } from "./catalogue";
import type { LayoutMethod } from "./method";

/** The code of every method, each in a file of its own that is fetched when first used. */
const files = import.meta.glob<{ readonly method: LayoutMethod }>("./*.method.ts");

/** The names of all methods whose code is there. */
export const coded = Object.keys(files).map((path) => path.slice("./".length, -".method.ts".length));

/** Loads a method's code; fails as an import does when it can't be fetched. */
export async function loadMethod(name: ProjectionMethod): Promise<LayoutMethod> {
  return (await files[`./${name}.method.ts`]()).method;
}
