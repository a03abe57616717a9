import { NamedError } from "../../core/errors";
import type { FullWorkbench } from "../workbench";
import { createPlayground } from "./index";
import type { Playground } from "./types";

/**
 * The scripting interface from the page's first moment, before the last visit's items are restored: what is async
 * waits; what is not throws `NotReady` until `playground.ready` has resolved.
 */
export function deferPlayground(workbench: Promise<FullWorkbench>): Playground {
  let playground: Playground | undefined;
  const later = workbench.then((built) => {
    playground = createPlayground(built);
    return playground;
  });
  const now = (): Playground => {
    if (playground) return playground;
    throw new NamedError("NotReady", "The page is still starting.", {
      advice: "Await playground.ready first.",
    });
  };
  const ready = later.then((built) => built.ready);
  // The page shows the failure; only a script that awaits `ready` needs the rejection.
  ready.catch(() => undefined);
  return {
    ready,
    add: async (texts) => (await later).add(texts),
    addImages: async (images) => (await later).addImages(images),
    addVectors: async (table) => (await later).addVectors(table),
    items: () => now().items(),
    spaces: () => now().spaces(),
    space: (id) => now().space(id),
    vector: (id, space) => now().vector(id, space),
    neighbours: async (idOrText, options) => (await later).neighbours(idOrText, options),
    project: async (options) => (await later).project(options),
    pause: () => now().pause(),
    resume: () => now().resume(),
    stop: () => now().stop(),
    export: async (format, options) => (await later).export(format, options),
    encoders: () => now().encoders(),
    use: async (encoders) => (await later).use(encoders),
    taps: async (modality) => (await later).taps(modality),
    clear: () => now().clear(),
  };
}
