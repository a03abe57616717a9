import { createStore } from "zustand/vanilla";
import { createCollection, type ItemId, openPersistence, type Persistence } from "../../collection";
import { type ErrorReport, NamedError, reportError } from "../../core/errors";
import type { Modality } from "../../core/space";
import {
  type DeviceChoice,
  type EncoderSpec,
  openImageEncoder,
  openTextEncoder,
  shippedEncoders,
  sourceId,
} from "../../encoders";
import type { ProjectionOptions } from "../../projection";
import { createSteps, manyItems } from "../steps";
import { createAdding } from "./adding";
import { type AddressWishes, readAddress } from "./address";
import { createComparing } from "./compare";
import { componentsFor } from "./components";
import { type Context, createProblems, createTasks } from "./context";
import { counted } from "./counted";
import { createEncoderSlot } from "./encoder-slot";
import { createExporting } from "./exporting";
import { createFiller } from "./filler";
import { noteTextEncoder } from "./first-encoder";
import { measureGap } from "./gap";
import { createPace, SLICE } from "./in-slices";
import { encoderToKeep, initialState, type Settings, settingsOf } from "./initial";
import { createLabelRanking } from "./labels";
import { createLayers } from "./layers";
import { createLayout } from "./layout";
import { createOwnNames } from "./own-files";
import { createParityCheck } from "./parity";
import { isOfParts } from "./parts";
import { createRanking } from "./ranking";
import { listSamples, loadPicture, loadSample } from "./samples";
import { createSpaces } from "./spaces";
import { statusOf } from "./status";
import type { AxisChoice, Workbench, WorkbenchState } from "./types";
import { createVectorAdding } from "./vectors";

export type * from "./types";

/** The sample a first visit opens on. */
const FIRST_SAMPLE = "article";

/** The workbench with what only the scripting interface needs. */
export interface FullWorkbench extends Workbench {
  /** Resolves when the text encoder is usable; rejects when it can't be opened. */
  readonly ready: Promise<void>;
  /** The parts, for the scripting interface. */
  readonly parts: WorkbenchParts;
}

export type WorkbenchParts = ReturnType<typeof assemble>["parts"];

/**
 * Builds the page's engine: restores what the last visit left (or obeys the page's address), starts loading the text
 * encoder, and opens the article's words on a first visit. Never rejects: what goes wrong shows in the state.
 */
export async function createWorkbench(): Promise<FullWorkbench> {
  const wishes = readAddress(location.search);
  const ownContent = wishes.words.length > 0 || wishes.sample !== undefined;
  const early: NamedError[] = [];
  let tell = (error: NamedError): void => void early.push(error);
  let keepFromNow = (): void => undefined;
  const persistence = ownContent
    ? undefined
    : await openPersistence({
        name: "nearfield",
        onProblem: (error) => tell(error),
        onPersisted: () => keepFromNow(),
      });
  const saved = await persistence?.restore();
  const settings = settingsOf(saved);
  const collection = createCollection(saved);
  const store = createStore<WorkbenchState>(() =>
    initialState(settings, wishes.device, persistence?.persisted ?? false),
  );
  const problems = createProblems(store);
  tell = (error) => problems.addThrown("", error);
  early.forEach(tell);
  const context: Context = { store, collection, tasks: createTasks(store), problems };
  const { workbench, save } = assemble(context, settings, persistence);
  keepFromNow = () => {
    store.setState({ persisted: true });
    save();
  };
  void open(workbench, wishes, saved !== undefined);
  return workbench;
}

async function open(workbench: Workbench, wishes: AddressWishes, visitedBefore: boolean): Promise<void> {
  if (wishes.words.length > 0) await workbench.addTexts(wishes.words).catch(() => undefined);
  if (wishes.sample !== undefined) await workbench.openSample(wishes.sample);
  else if (wishes.words.length === 0 && !visitedBefore) await workbench.openSample(FIRST_SAMPLE);
}

function assemble(context: Context, settings: Settings, persistence: Persistence | undefined) {
  const { store, collection, problems } = context;
  const device = () => store.getState().deviceChoice;

  /** Says what was lost and that work goes on: the items stay, and what they lack is encoded afresh. */
  const tellRecovery = (modality: Modality) => (error: ErrorReport) => {
    const { title } = store.getState()[`${modality}Encoder`];
    problems.add(title, {
      name: error.name,
      message: `${error.message.replace(/\.$/, "")}; ${title} goes on in a fresh worker.`,
      advice: "Nothing on the map is lost.",
    });
  };

  const slots = {
    text: createEncoderSlot<"text">({
      modality: "text",
      device,
      open: openTextEncoder,
      state: () => store.getState().textEncoder,
      publish: (textEncoder) => store.setState({ textEncoder }),
      onRecovery: tellRecovery("text"),
    }),
    image: createEncoderSlot<"image">({
      modality: "image",
      device,
      open: openImageEncoder,
      state: () => store.getState().imageEncoder,
      publish: (imageEncoder) => store.setState({ imageEncoder }),
      onRecovery: tellRecovery("image"),
    }),
  };
  const spaces = createSpaces(context, slots);
  spaces.choose(settings.space);
  spaces.handleGap(settings.gap);

  const refreshMap = () => {
    spaces.refresh();
    layout.refresh();
  };
  const texts = createFiller(context, {
    title: (total) => `Encoding ${counted(total, "text")}`,
    input: (item) => item.text,
    encoder: slots.text.ready,
    space: () => spaces.ofRole("text"),
    recover: slots.text.recover,
    onResults(items, results) {
      // A text's tokens all say the same of it.
      const truncatedOf = new Map(results.map(({ index, truncated }) => [index, truncated]));
      for (const [index, truncated] of truncatedOf) {
        const item = items[index];
        if (truncated !== (item.truncated ?? false)) collection.update(item.id, { truncated });
      }
    },
    onIdle: refreshMap,
  });
  const images = createFiller(context, {
    title: (total) => `Encoding ${counted(total, "image")}`,
    input: (item) => (item.image?.thumbnail ? item.image.file : undefined),
    encoder: slots.image.ready,
    space: () => spaces.ofRole("image"),
    recover: slots.image.recover,
    onResults(items, results) {
      collection.change(() => {
        for (const { index, classes } of results)
          if (classes) collection.update(items[index].id, { classes });
      });
    },
    onIdle: refreshMap,
  });
  const layout = createLayout(context, {
    table: () => collection.table(store.getState().shown.space.id),
    async extras({ ids, space }) {
      const { projection, axes } = store.getState();
      if (projection.method === "lda") return { classes: ids.map((id) => collection.get(id)?.category) };
      // Where words have no vectors there are no directions, and the projection shows PCA and says so.
      if (projection.method !== "axes" || !space.modalities.includes("text")) return {};
      const pair = async ({ from, to }: AxisChoice) => ({
        from: await ranking.vectorOf(from, space),
        to: await ranking.vectorOf(to, space),
      });
      return { pairs: await Promise.all(axes.slice(0, projection.dimensions).map(pair)) };
    },
    count: () => collection.count(store.getState().shown.space.id),
    filling: () => texts.busy() || images.busy(),
  });
  const adding = createAdding(context, {
    texts,
    images,
    layout,
    async filed() {
      spaces.refresh();
      await spaces.filled();
    },
  });
  const fillMissing = () => {
    texts.poke();
    images.poke();
  };
  const ranking = createRanking(context, spaces, slots);
  const exporting = createExporting(context, layout);

  const publishCollection = () => {
    const { items, selection, undoLabel, redoLabel, vectorsVersion } = collection.state();
    store.setState({
      items,
      selection,
      undoLabel,
      redoLabel,
      canUndo: undoLabel !== undefined,
      canRedo: redoLabel !== undefined,
      vectorsVersion,
    });
  };
  const currentSettings = (): Settings => {
    const { textEncoder, imageEncoder, projection, axes } = store.getState();
    const encoders = {
      textEncoder: encoderToKeep(textEncoder) ?? settings.textEncoder,
      imageEncoder: encoderToKeep(imageEncoder) ?? settings.imageEncoder,
    };
    return { ...encoders, projection, axes, space: spaces.choice(), gap: spaces.gap() };
  };
  const save = () => {
    if (!persistence) return;
    const settings = currentSettings();
    persistence.save(collection, settings);
    noteTextEncoder(settings.textEncoder.spec);
  };

  const steps = createSteps();
  /** Puts the shown vectors in order before somebody asks for them. */
  const tidy = async () => {
    const pace = createPace();
    const table = collection.table(store.getState().shown.space.id);
    while (table?.prepare(SLICE) === false) await pace.rest();
  };
  const refreshMapSoon = () => {
    if (collection.state().items.length <= manyItems) refreshMap();
    else steps.run([spaces.refresh, layout.refresh, () => void tidy()]);
  };
  collection.subscribe((state, previous) => {
    publishCollection();
    if (state.items !== previous.items || state.vectorsVersion !== previous.vectorsVersion) refreshMapSoon();
    if (state.items.length > previous.items.length) fillMissing();
    save();
  });
  store.subscribe((state, previous) => {
    if (state.layout !== previous.layout && state.layout.status === "done") save();
    const status = statusOf(state);
    if (status !== state.status) store.setState({ status });
  });

  const ownName = createOwnNames(collection);
  /** Opens an encoder whose failure shows in its own state; scripts get the rejection. */
  const setEncoder = async (modality: Modality, asked: EncoderSpec): Promise<void> => {
    const shipped = shippedEncoders().filter((encoder) => encoder.modality === modality);
    const source = ownName(asked.source);
    const spec = { ...asked, source };
    if (source.from === "page" && !shipped.some((encoder) => encoder.id === source.id)) {
      throw new NamedError(
        "ModelNotFound",
        `No ${modality} encoder is called ${JSON.stringify(source.id)}.`,
        {
          advice: "Choose one of the encoders in the list.",
        },
      );
    }
    const before = store.getState()[`${modality}Encoder`].id;
    const opening = slots[modality].use(spec);
    spaces.release(modality);
    refreshMap();
    const { space } = await opening;
    // Another model reads other tokens and patches, and a tap that is pooled has none.
    if (!isOfParts(space) || sourceId(source) !== before) dropParts(modality);
    (modality === "text" ? texts : images).retry();
    refreshMap();
    save();
    await slots[modality].checked();
  };
  /** Both encoders are opened on this device when they are needed next. */
  const chooseDevice = (deviceChoice: DeviceChoice) => {
    store.setState({ deviceChoice });
    slots.text.reset();
    slots.image.reset();
  };
  const dropParts = (modality: Modality) => {
    const kind = modality === "text" ? "token" : "patch";
    collection.discard(collection.state().items.flatMap((item) => (item.kind === kind ? item.id : [])));
  };

  const openSample = async (name: string): Promise<void> => {
    try {
      const { items } = await loadSample(name);
      const words = items.filter((item) => "text" in item);
      const pictures = items.filter((item) => "image" in item);
      const blobs = await Promise.all(pictures.map(({ image }) => loadPicture(image)));
      await Promise.all([
        adding.addTexts(
          words.map(({ text }) => text),
          { categories: words.map(({ category }) => category) },
        ),
        adding.addImages(blobs, {
          labels: pictures.map(({ label }) => label),
          categories: pictures.map(({ category }) => category),
          credits: pictures.map(({ credit, licence }) => `${credit} (${licence})`),
        }),
      ]);
    } catch (thrown) {
      const { name: error } = reportError(thrown);
      if (error === "NetworkFailed" || error === "UnreadableFile") {
        problems.addThrown(`sample ${name}`, thrown, () => void openSample(name));
      }
    }
  };

  const workbench: Workbench = {
    state: store,
    onFrame: layout.onFrame,
    item: collection.get,
    addTexts: adding.addTexts,
    addImages: adding.addImages,
    addFiles: adding.addFiles,
    addVectors: createVectorAdding(context, spaces, layout),
    openSample,
    samples: listSamples,
    startEmpty: () => workbench.clear(),
    remove(ids) {
      if (ids.length > 0) collection.remove(ids, `Remove ${counted(ids.length, "item")}`);
    },
    clear() {
      const ids = collection.state().items.map((item) => item.id);
      if (ids.length > 0) collection.remove(ids, `Clear ${counted(ids.length, "item")}`);
    },
    undo: collection.undo,
    redo: collection.redo,
    select(ids, mode = "replace") {
      const { selection } = collection.state();
      if (mode === "replace") return collection.select(ids);
      const fresh = ids.filter((id) => !selection.includes(id));
      const kept = mode === "add" ? selection : selection.filter((id) => !ids.includes(id));
      collection.select([...kept, ...fresh]);
    },
    hover(id: ItemId | null) {
      if (store.getState().hovered !== id) store.setState({ hovered: id });
    },
    showSpace(role) {
      spaces.choose(role);
      layout.refresh();
      save();
    },
    handleGap(gap) {
      spaces.handleGap(gap);
      // There is no gap to see anywhere else.
      if (store.getState().shown.available.includes("joint")) spaces.choose("joint");
      layout.refresh();
      save();
    },
    modalityGap() {
      const space = spaces.ofRole("joint");
      return space && measureGap(collection, space);
    },
    rankLabels: createLabelRanking(collection, spaces, slots),
    setProjection(options) {
      changeProjection(options);
      layout.refresh();
      save();
    },
    setAxes(axes) {
      store.setState((state) => ({ axes, projection: { ...state.projection, method: "axes" } }));
      layout.refresh();
      save();
    },
    layOutAgain: layout.again,
    pauseLayout: layout.pause,
    resumeLayout: layout.resume,
    stopLayout: layout.stop,
    encoderChoices: (modality) => shippedEncoders().filter((encoder) => encoder.modality === modality),
    setEncoder,
    async setDevice(choice) {
      const wasOpen = slots.image.current() !== undefined;
      chooseDevice(choice);
      await Promise.all([slots.text.checked(), wasOpen ? slots.image.checked() : undefined]);
      refreshMap();
    },
    readLayers: createLayers(context, slots),
    showLayer(space) {
      spaces.show(space);
      layout.refresh();
    },
    poolings: (modality, tap) => slots[modality].current()?.poolings(tap) ?? [],
    checkParity: createParityCheck(context, slots),
    async retryEncoder(modality) {
      slots[modality].reset();
      await slots[modality].ready();
      (modality === "text" ? texts : images).retry();
      await slots[modality].checked();
    },
    neighbours: ranking.neighbours,
    likeness: ranking.likeness,
    regions: ranking.regions,
    vector: (id, space) => collection.vector(space, id),
    async trueNeighbours(id) {
      const found = await layout.trueNeighbours(id);
      return found.flatMap(({ id: neighbour, ...rest }) => {
        const item = collection.get(neighbour);
        return item ? [{ item, ...rest }] : [];
      });
    },
    compare: createComparing(collection, spaces, slots.text, texts),
    exportItems: exporting.exportItems,
    download: exporting.download,
    save: exporting.save,
    dismissProblem: problems.dismiss,
    dismissAllProblems: problems.dismissAll,
  };

  publishCollection();
  refreshMap();
  // A reload in the middle of encoding leaves items that still want their picture read or their vector.
  void adding.resume();
  fillMissing();
  const ready = slots.text.checked();
  // The state shows the failure; a script that awaits `ready` still sees it.
  ready.catch(() => undefined);
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
  /** Lays the shown space out from scratch, so that the same seed gives the same map. */
  const project = async (options: Partial<ProjectionOptions>) => {
    changeProjection(options);
    await layout.anew();
    return { layout: store.getState().layout, positions: layout.frame().positions };
  };
  const parts = { collection, spaces, slots, layout, store, project, chooseDevice };
  return { workbench: { ...workbench, ready, parts }, parts, save };
}
