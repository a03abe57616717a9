import type { Item, ItemId, Places, PlacesMade, VectorTable } from "../../collection";
import { holdsInOrder, rowsOfIds } from "../../collection/rows";
import { type ErrorReport, errorFromReport, isCancelled, reportError } from "../../core/errors";
import type { Space } from "../../core/space";
import {
  createProjector,
  type ProjectionMethod,
  type ProjectionOptions,
  type ProjectOptions,
  type TrueNeighbour,
} from "../../projection";
import type { Context } from "./context";
import { createFormerMaps } from "./former-maps";
import { offerLayout } from "./layout-task";
import { coveringPlaces, isRelated, startingPositions, wasMadeEarly } from "./places";
import type { LayoutState, MapFrame } from "./types";

/** Keeps the map up to date with the shown space's vectors and the projection's options. */
export interface Layout {
  onFrame(listener: (frame: MapFrame) => void): () => void;
  frame(): MapFrame;
  /** Lays out what has no place yet; moves nothing when everything has one. */
  refresh(): void;
  /** Lays everything out again, starting from where things stand. */
  again(): void;
  /** Lays everything out from scratch, whatever stands. Rejects with what went wrong, or `Cancelled`. */
  anew(): Promise<void>;
  /** Holds the layout under way up, at any stage; nothing moves until it goes on. Does nothing when none is. */
  pause(): void;
  resume(): void;
  /** Ends the layout under way; what is drawn by then stays. */
  stop(): void;
  /** The true neighbours of an item of the last finished layout, by its rows' ids; empty when it is not in it. */
  trueNeighbours(id: ItemId): Promise<readonly (Omit<TrueNeighbour, "index"> & { readonly id: ItemId })[]>;
  /** Resolves when these items stand on the map, or never will: gone, in another space, or the layout failed. */
  standing(ids: readonly ItemId[]): Promise<void>;
}

interface LayoutOptions {
  /** The vectors of the shown space. */
  readonly table: () => VectorTable | undefined;
  /** How many items the shown space holds. */
  readonly count: () => number;
  /** What some methods need beside vectors and options: classes, or the directions of axes. */
  readonly extras: (table: VectorTable) => Promise<Pick<ProjectOptions, "classes" | "pairs">>;
  /** True while more vectors are on their way: then a new layout waits until the map has doubled. */
  readonly filling: () => boolean;
}

interface Job {
  readonly table: VectorTable;
  readonly options: string;
  readonly controller: AbortController;
  isPaused: boolean;
}

const EMPTY: MapFrame = { ids: [], dimensions: 2, positions: new Float32Array() };

/** While vectors stream in, the next layout waits for this many times as many items; the last one never waits. */
const GROWTH_BEFORE_NEXT_LAYOUT = 2;

export function createLayout(
  { store, collection, tasks }: Context,
  { table: shownTable, count, extras, filling }: LayoutOptions,
): Layout {
  const projector = createProjector();
  projector.prepare(store.getState().projection.method);
  const listeners = new Set<(frame: MapFrame) => void>();
  const waiters = new Set<{ ids: readonly ItemId[]; resolve(): void }>();
  const maps = createFormerMaps(collection);
  let frame = EMPTY;
  /** What the frame shows; undefined while it is empty. */
  let frameOf: { readonly space: Space; readonly options: string } | undefined;
  let running: Job | undefined;
  /** The list of items when the last layout began. */
  let listed: readonly Item[] = [];
  /** What the projector laid out last. */
  let finished: VectorTable | undefined;
  let failed:
    | { readonly table: VectorTable; readonly options: string; readonly error: ErrorReport }
    | undefined;
  /** "again" starts from where things stand, "anew" from nothing. */
  let forced: "again" | "anew" | undefined;

  const publish = (layout: LayoutState) => store.setState({ layout });
  const publishMade = (made: PlacesMade, run: Pick<LayoutState, "milliseconds" | "neighboursBy"> = {}) => {
    const { options: _, method, ...quality } = made;
    publish({ status: "done", fraction: 1, method: method as ProjectionMethod, ...quality, ...run });
  };

  const emit = (next: MapFrame, of?: { readonly space: Space; readonly options: string }) => {
    frame = next;
    frameOf = of;
    for (const listener of listeners) listener(frame);
  };

  const settle = () => {
    if (running || waiters.size === 0) return;
    const wanted = shownTable()?.ids ?? EMPTY.ids;
    const isWaited = (ids: readonly ItemId[]) => {
      // Whatever has a vector stands: nearly always, and nothing is looked up.
      if (failed || frame.ids === wanted) return false;
      const [onMap, inTable] = [rowsOfIds(frame.ids), rowsOfIds(wanted)];
      return ids.some((id) => inTable.has(id) && !onMap.has(id));
    };
    for (const waiter of waiters) {
      if (isWaited(waiter.ids)) continue;
      waiters.delete(waiter);
      waiter.resolve();
    }
  };

  const cancelRunning = () => {
    running?.controller.abort();
    running = undefined;
  };

  const isOnMap = (space: Space, options: string) =>
    frameOf?.space.id === space.id && frameOf.options === options;

  /** Where a new layout starts, and whether what stands there is this very map, in which only items are missing. */
  const startOf = (
    { ids, space }: VectorTable,
    dimensions: 2 | 3,
    options: string,
    wasEarly: boolean,
  ): { readonly start?: Float32Array; readonly stays: boolean } => {
    const from = (isUsed: boolean, places: Places | undefined) =>
      startingPositions(ids, dimensions, [...(isUsed ? [frame] : []), ...(places ? [places] : [])]);
    const latest = collection.places(space.id);
    const isSame = latest?.made.options === options;
    const former = isSame ? undefined : maps.find(space.id, options);
    // Places on any other map would be wrong beside those that stay.
    const ofFormer = former && from(isOnMap(space, options), former);
    if (ofFormer) return { start: ofFormer, stays: true };
    return { start: from(isRelated(frameOf?.space, space), latest), stays: isSame && !wasEarly };
  };

  const run = async (table: VectorTable, projection: ProjectionOptions, options: string) => {
    const job: Job = { table, options, controller: new AbortController(), isPaused: false };
    const isForced = forced !== undefined;
    const isAnew = forced === "anew";
    running = job;
    forced = undefined;
    failed = undefined;
    const { dimensions, method } = projection;
    const { id } = table.space;
    const latest = collection.places(id);
    const wasEarly = latest !== undefined && wasMadeEarly(table.ids, latest.ids, listed);
    const isWhole = !wasEarly && !filling();
    const { start, stays } = startOf(table, dimensions, options, wasEarly);
    listed = collection.state().items;
    publish({ status: "running", fraction: 0, method });
    const task = offerLayout(tasks, table.ids.length, job.controller);
    try {
      const result = await projector.project(table.matrix, projection, {
        ...(await extras(table)),
        device: store.getState().deviceChoice,
        rows: { space: table.space.id, ids: table.ids },
        signal: job.controller.signal,
        start: isAnew ? undefined : start,
        keep: !isForced && stays,
        onProgress: ({ stage, fraction, positions }) => {
          if (running !== job) return;
          const { isPaused } = job;
          publish({ status: "running", stage, fraction, method, isPaused, isLong: task.isShown() });
          task.update(fraction);
          if (positions) emit({ ids: table.ids, dimensions, positions }, { space: table.space, options });
        },
      });
      if (running !== job) return;
      const { positions, milliseconds, trust, trustError: _, placed: __, neighboursBy, ...quality } = result;
      const made = { options, ...quality };
      finished = table;
      // Too few items have no trust, and their array is empty.
      const known = trust.length === table.ids.length ? { trust } : {};
      maps.show(id, { dimensions, ids: table.ids, positions, ...known, made }, isWhole);
      emit({ ids: table.ids, dimensions, positions, trust }, { space: table.space, options });
      publishMade(made, { milliseconds, neighboursBy });
    } catch (thrown) {
      if (running !== job) return;
      const error = reportError(thrown);
      failed = { table, options, error };
      publish({ status: isCancelled(thrown) ? "done" : "failed", fraction: 0, method, error });
    } finally {
      task.end();
    }
    running = undefined;
    refresh();
  };

  const setPaused = (isPaused: boolean) => {
    if (!running || running.isPaused === isPaused) return;
    running.isPaused = isPaused;
    if (isPaused) projector.pause();
    else projector.resume();
    publish({ ...store.getState().layout, isPaused });
  };

  const showEmpty = ({ dimensions, method }: ProjectionOptions) => {
    cancelRunning();
    if (frame.ids.length > 0) emit({ ...EMPTY, dimensions });
    if (store.getState().layout.status !== "empty") publish({ status: "empty", fraction: 0, method });
  };

  /** Shows the places that a space had with these options when they cover its items. */
  const showPlaces = ({ ids, space }: VectorTable, dimensions: 2 | 3, options: string): boolean => {
    const places = maps.find(space.id, options);
    if (places?.dimensions !== dimensions) return false;
    if (frame.ids === ids && isOnMap(space, options)) return true;
    const covering = coveringPlaces(ids, places);
    if (!covering) return false;
    if (places !== collection.places(space.id)) maps.show(space.id, places, true);
    emit({ ids, dimensions, ...covering }, { space, options });
    publishMade(places.made);
    return true;
  };

  /** A layout under way is worth finishing when items were only added; not when the question changed. */
  const isStillWanted = (job: Job, table: VectorTable, options: string) =>
    !forced &&
    job.options === options &&
    job.table.space.id === table.space.id &&
    (job.table === table || holdsInOrder(collection.state().items, job.table.ids));

  /** While vectors stream in, most changes need no look at the table, whose making copies every vector. */
  const canWait = (options: string): boolean => {
    if (forced || !filling() || !holdsInOrder(collection.state().items, frame.ids)) return false;
    const space = store.getState().shown.space.id;
    const size = count();
    if (running) {
      const { table } = running;
      return running.options === options && table.space.id === space && size >= table.ids.length;
    }
    const drawn = frame.ids.length;
    const isSame = frameOf?.space.id === space && frameOf.options === options;
    return isSame && drawn > 0 && size >= drawn && size < drawn * GROWTH_BEFORE_NEXT_LAYOUT;
  };

  const refresh = () => {
    const { projection } = store.getState();
    const { axes } = store.getState();
    const options = JSON.stringify(projection.method === "axes" ? { ...projection, axes } : projection);
    if (canWait(options)) return;
    const table = shownTable();
    if (!table || table.ids.length === 0) {
      showEmpty(projection);
    } else if (running && isStillWanted(running, table, options)) {
      // What was added would wait for ever.
      if (running.table !== table) setPaused(false);
      return;
    } else {
      cancelRunning();
      const mustRun = forced || !showPlaces(table, projection.dimensions, options);
      const hasFailed = !forced && failed?.table === table && failed.options === options;
      if (mustRun && !hasFailed) void run(table, projection, options);
    }
    settle();
  };

  return {
    onFrame(listener) {
      listeners.add(listener);
      listener(frame);
      return () => listeners.delete(listener);
    },
    frame: () => frame,
    refresh,
    again() {
      forced = "again";
      refresh();
    },
    async anew() {
      forced = "anew";
      refresh();
      await new Promise<void>((resolve) => {
        waiters.add({ ids: [], resolve });
        settle();
      });
      if (failed) throw errorFromReport(failed.error);
    },
    pause: () => setPaused(true),
    resume: () => setPaused(false),
    stop: () => running?.controller.abort(),
    async trueNeighbours(id) {
      const row = finished && !running ? rowsOfIds(finished.ids).get(id) : undefined;
      if (!finished || row === undefined || finished.space.id !== frameOf?.space.id) return [];
      const { ids } = finished;
      const found = await projector.trueNeighbours(row);
      return found.map(({ index, ...neighbour }) => ({ ...neighbour, id: ids[index] }));
    },
    standing(ids) {
      return new Promise((resolve) => {
        waiters.add({ ids, resolve });
        settle();
      });
    },
  };
}
