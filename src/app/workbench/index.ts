import { createStore } from "zustand/vanilla";
import { createCollection, type ItemId, openPersistence, type Persistence } from "../../collection";
import type { NamedError } from "../../core/errors";
import { shippedEncoders } from "../../encoders";
import { createAdding } from "./adding";
import { type AddressWishes, readAddress } from "./address";
import { createChoosing } from "./choosing";
import { createComparing } from "./compare";
import { type Context, createProblems, createTasks } from "./context";
import { counted } from "./counted";
import { createEncoderSlots } from "./encoder-slots";
import { createExporting } from "./exporting";
import { createFillers } from "./fillers";
import { noteTextEncoder } from "./first-encoder";
import { measureGap } from "./gap";
import { encoderToKeep, initialState, type Settings, settingsOf } from "./initial";
import { createLabelRanking } from "./labels";
import { createLayers } from "./layers";
import { createLayout } from "./layout";
import { createParityCheck } from "./parity";
import { createProjecting } from "./projecting";
import { createRanking } from "./ranking";
import { createRefreshing } from "./refreshing";
import { createSampleOpening, listSamples } from "./samples";
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
  const slots = createEncoderSlots(context);
  const spaces = createSpaces(context, slots, (modality) => fillers[`${modality}s`].busy());
  spaces.choose(settings.space);
  spaces.handleGap(settings.gap);

  const refreshMap = () => {
    spaces.refresh();
    layout.refresh();
  };
  const fillers = createFillers(context, slots, spaces, refreshMap);
  const { texts, images } = fillers;
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

  const refreshMapSoon = createRefreshing(context, spaces, layout);
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

  const choosing = createChoosing(context, { slots, spaces, fillers, refreshMap, save });
  const projecting = createProjecting(context, layout, save);
  const workbench: Workbench = {
    state: store,
    onFrame: layout.onFrame,
    item: collection.get,
    addTexts: adding.addTexts,
    addImages: adding.addImages,
    addFiles: adding.addFiles,
    addVectors: createVectorAdding(context, spaces, layout),
    openSample: createSampleOpening(context, adding),
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
    setProjection: projecting.setProjection,
    setAxes: projecting.setAxes,
    layOutAgain: layout.again,
    pauseLayout: layout.pause,
    resumeLayout: layout.resume,
    stopLayout: layout.stop,
    encoderChoices: (modality) => shippedEncoders().filter((encoder) => encoder.modality === modality),
    setEncoder: choosing.setEncoder,
    setDevice: choosing.setDevice,
    readLayers: createLayers(context, slots),
    showLayer(space) {
      spaces.show(space);
      layout.refresh();
    },
    poolings: (modality, tap) => slots[modality].current()?.poolings(tap) ?? [],
    checkParity: createParityCheck(context, slots),
    retryEncoder: choosing.retryEncoder,
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
  const parts = {
    collection,
    spaces,
    slots,
    layout,
    store,
    project: projecting.project,
    chooseDevice: choosing.chooseDevice,
  };
  return { workbench: { ...workbench, ready, parts }, parts, save };
}
