import type { Item, ItemId } from "../../collection";
import { rowFinder } from "../../collection/rows";
import { NamedError, reportError } from "../../core/errors";
import type { Modality, Space } from "../../core/space";
import type { AddResult, FullWorkbench } from "../workbench";
import { inSlices } from "../workbench/in-slices";
import { encoderMethods } from "./encoders";
import type { AddedItems, Playground, PlaygroundEncoder, PlaygroundFailure, PlaygroundItem } from "./types";

/** Fetches an image that a script named by its address. Throws `UnreadableImage` for other origins and failures. */
async function fetchImage(address: string): Promise<Blob> {
  const url = new URL(address, document.baseURI);
  const refuse = (why: string) =>
    new NamedError("UnreadableImage", `${address} ${why}.`, {
      advice: "Name an image on this page's own origin.",
    });
  const isOwn = url.origin === location.origin || url.protocol === "data:" || url.protocol === "blob:";
  if (!isOwn) throw refuse("is on another origin, and this page sends no request there");
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) throw refuse(`could not be fetched (${response?.status ?? "no answer"})`);
  const blob = await response.blob();
  return new File([blob], url.pathname.split("/").at(-1) || "image", { type: blob.type });
}

/** Builds the scripting interface on top of the workbench. */
export function createPlayground(workbench: FullWorkbench): Playground {
  const { collection, spaces, slots, layout, store } = workbench.parts;

  /** How items are seen as the map stands now. */
  const seer = () => {
    const { ids, dimensions, positions } = layout.frame();
    const rowOf = rowFinder(ids);
    const shown = store.getState().shown.space.id;
    return ({ id, kind, label }: Item): PlaygroundItem => {
      const row = rowOf(id);
      if (row === undefined) return { id, kind, label, position: null, space: null };
      const position: number[] = [];
      for (let axis = 0; axis < dimensions; axis++) position.push(positions[row * dimensions + axis]);
      return { id, kind, label, position, space: shown };
    };
  };

  const answer = async (result: AddResult, more: readonly PlaygroundFailure[] = []): Promise<AddedItems> =>
    Object.assign(await inSlices(result.items, seer()), { failures: [...result.failures, ...more] });

  const findSpace = (id: string): Space => {
    const space = spaces.find(id);
    if (space) return space;
    throw new NamedError("UnknownSpace", `There is no space called ${JSON.stringify(id)}.`, {
      advice: "playground.spaces() lists the spaces that hold vectors.",
    });
  };

  const encoder = (modality: Modality): PlaygroundEncoder => {
    const state = store.getState()[modality === "text" ? "textEncoder" : "imageEncoder"];
    const handle = slots[modality].current();
    return {
      id: state.id,
      space: state.space,
      dimension: state.dimension,
      device: handle?.device.kind ?? null,
      parity: state.parity ?? null,
      tap: handle?.tap.name ?? null,
      pooling: handle?.pooling ?? null,
    };
  };

  return {
    ready: workbench.ready,
    add: async (texts) => answer(await workbench.addTexts(texts)),
    async addImages(images) {
      const failures: PlaygroundFailure[] = [];
      const blobs = await Promise.all(
        images.map((image) =>
          typeof image === "string"
            ? fetchImage(image).catch((thrown: unknown) => {
                failures.push({ input: image, error: reportError(thrown) });
                return undefined;
              })
            : image,
        ),
      );
      return answer(await workbench.addImages(blobs.filter((blob) => blob !== undefined)), failures);
    },
    addVectors: async (table) => answer(await workbench.addVectors(table)),
    items: () => collection.state().items.map(seer()),
    spaces: () =>
      collection.spaces().map(({ id, dimension, modalities }) => ({
        id,
        dimension,
        size: collection.table(id)?.ids.length ?? 0,
        modalities,
      })),
    space(id) {
      if (id !== undefined) {
        const space = findSpace(id);
        if (id === "joint" || id === "text" || id === "image" || id === "vectors") workbench.showSpace(id);
        else spaces.show(space.id);
        layout.refresh();
      }
      return store.getState().shown.space.id;
    },
    vector(id, space) {
      if (!collection.get(id as ItemId)) {
        throw new NamedError("UnknownItem", `There is no item called ${JSON.stringify(id)}.`, {
          advice: "playground.items() lists the items.",
        });
      }
      const { id: spaceId, title } = space === undefined ? store.getState().shown.space : findSpace(space);
      const vector = collection.vector(spaceId, id as ItemId);
      if (vector) return vector.slice();
      throw new NamedError("UnknownSpace", `This item has no vector in the space ${title}.`);
    },
    async neighbours(idOrText, { space, ...options } = {}) {
      const found = await workbench.neighbours(idOrText, {
        ...options,
        ...(space === undefined ? {} : { space: findSpace(space).id }),
      });
      return found.map(({ item, similarity }) => ({
        id: item.id,
        label: item.label,
        kind: item.kind,
        similarity,
      }));
    },
    async project(options = {}) {
      const { layout: made, positions } = await workbench.parts.project(options);
      return {
        positions: positions.slice(),
        trustworthiness: made.trustworthiness ?? Number.NaN,
        continuity: made.continuity ?? Number.NaN,
        milliseconds: made.milliseconds ?? {},
        neighboursBy: made.neighboursBy ?? null,
      };
    },
    pause: () => workbench.pauseLayout(),
    resume: () => workbench.resumeLayout(),
    stop: () => workbench.stopLayout(),
    export: (format, { items = "all" } = {}) => workbench.exportItems(format, { items }),
    encoders: () => ({ text: encoder("text"), image: encoder("image") }),
    ...encoderMethods(workbench),
    clear: () => workbench.clear(),
  };
}
