import { createStore, type StoreApi } from "zustand/vanilla";
import type { ItemId } from "../../collection/types";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import type { Metric } from "../../core/space";
import type { ViewStore } from "../view";
import type { NeighbourItem, Workbench } from "../workbench/types";

/** The ranking of true neighbours that is on show: in the panel, as lines on the map, to a screen reader. */
export interface NearestState {
  /** An item, a typed text, a picture that was dropped here, or null when there is nothing to rank. */
  readonly query: { readonly id: ItemId } | { readonly text: string } | { readonly picture: File } | null;
  readonly status: "none" | "running" | "done" | "failed";
  readonly metric: Metric;
  /** Best first. Kept while the next ranking is on its way. */
  readonly neighbours: readonly NeighbourItem[];
  readonly error?: ErrorReport;
}

export type NearestStore = StoreApi<NearestState>;

/** Vectors arrive in bursts while items are encoded; ranking again at most this often keeps the worker free. */
const rerankMilliseconds = 80;

type Query = NonNullable<NearestState["query"]>;

/** What the workbench is asked for. */
function subjectOf(query: Query): ItemId | string | Blob {
  return "picture" in query ? query.picture : "text" in query ? query.text : query.id;
}

/** Tells queries apart; every picture that is dropped is one of its own. */
function nameOf(query: Query | null): string {
  if (query && "picture" in query) {
    const { name, size, lastModified } = query.picture;
    return JSON.stringify({ picture: name, size, lastModified });
  }
  return JSON.stringify(query);
}

/**
 * Follows the selection (or the typed text) and ranks again whenever the query, the space, the metric or the vectors
 * change. Rankings overtaken by a newer question are cancelled.
 */
export function createNearest(workbench: Workbench, view: ViewStore): NearestStore {
  const store = createStore<NearestState>(() => ({
    query: null,
    status: "none",
    metric: "cosine",
    neighbours: [],
  }));
  let running: AbortController | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = "";

  const rank = async () => {
    const { selection, shown, vectorsVersion } = workbench.state.getState();
    const { typedQuery, pictureQuery, metric: chosen, neighbourKind, neighbourCount } = view.getState();
    const metric = chosen ?? shown.space.metric;
    const text = typedQuery.trim();
    const query: NearestState["query"] = pictureQuery
      ? { picture: pictureQuery }
      : text
        ? { text }
        : selection.length > 0
          ? { id: selection[0] }
          : null;
    const question = JSON.stringify([
      nameOf(query),
      shown.space.id,
      shown.gap,
      metric,
      neighbourKind,
      neighbourCount,
      vectorsVersion,
    ]);
    if (question === asked) return;
    asked = question;
    running?.abort();
    if (!query) {
      store.setState({ query, status: "none", metric, neighbours: [], error: undefined });
      return;
    }
    const mine = new AbortController();
    running = mine;
    const same = nameOf(store.getState().query) === nameOf(query);
    store.setState({
      query,
      status: "running",
      metric,
      neighbours: same ? store.getState().neighbours : [],
      error: undefined,
    });
    try {
      const neighbours = await workbench.neighbours(subjectOf(query), {
        k: neighbourCount,
        metric,
        space: shown.space.id,
        kind: neighbourKind ?? undefined,
        signal: mine.signal,
      });
      if (running === mine) store.setState({ status: "done", neighbours });
    } catch (thrown) {
      if (running !== mine || isCancelled(thrown)) return;
      store.setState({ status: "failed", neighbours: [], error: reportError(thrown) });
    }
  };

  workbench.state.subscribe((state, previous) => {
    if (
      state.selection === previous.selection &&
      state.shown === previous.shown &&
      state.vectorsVersion === previous.vectorsVersion
    ) {
      return;
    }
    clearTimeout(timer);
    if (state.selection !== previous.selection) {
      const { typedQuery, pictureQuery } = view.getState();
      if (typedQuery || pictureQuery) view.setState({ typedQuery: "", pictureQuery: null });
      void rank();
    } else {
      timer = setTimeout(rank, rerankMilliseconds);
    }
  });
  view.subscribe((state, previous) => {
    if (
      state.metric !== previous.metric ||
      state.typedQuery !== previous.typedQuery ||
      state.pictureQuery !== previous.pictureQuery ||
      state.neighbourKind !== previous.neighbourKind ||
      state.neighbourCount !== previous.neighbourCount
    ) {
      void rank();
    }
  });
  void rank();
  return store;
}
