import type { StoreApi } from "zustand/vanilla";
import type { Collection } from "../../collection";
import { type ErrorReport, reportError } from "../../core/errors";
import type { Problem, WorkbenchState } from "./types";

/** What the workbench's parts share: the store they publish to and the collection they work on. */
export interface Context {
  readonly store: StoreApi<WorkbenchState>;
  readonly collection: Collection;
  readonly tasks: Tasks;
  readonly problems: Problems;
}

/** A task as its owner sees it. */
export interface RunningTask {
  readonly signal: AbortSignal;
  update(done: number, total?: number): void;
  cancel(): void;
  end(): void;
}

export interface Tasks {
  start(title: (total: number) => string, total: number): RunningTask;
}

/** What went wrong with one input. */
export interface ProblemNote {
  readonly input: string;
  readonly error: ErrorReport;
}

export interface Problems {
  add(input: string, error: ErrorReport, retry?: () => void): void;
  /** As many `add`s, shown at once. */
  addAll(notes: readonly ProblemNote[]): void;
  /** Shows whatever was thrown; a cancelled job is no problem. */
  addThrown(input: string, thrown: unknown, retry?: () => void): void;
  dismiss(id: number): void;
  dismissAll(): void;
}

/** Progress is published this often: smooth to the eye, and no flood for React. */
const PROGRESS_INTERVAL_MS = 80;

export function createTasks(store: StoreApi<WorkbenchState>): Tasks {
  let nextId = 1;
  return {
    start(title, total) {
      const id = nextId++;
      const controller = new AbortController();
      let published = 0;
      const publish = (done: number, all: number) => {
        const task = { id, title: title(all), done, total: all, cancel: () => controller.abort() };
        store.setState(({ tasks }) => ({
          tasks: tasks.some((other) => other.id === id)
            ? tasks.map((other) => (other.id === id ? task : other))
            : [...tasks, task],
        }));
      };
      publish(0, total);
      return {
        signal: controller.signal,
        update(done, all = total) {
          total = all;
          const now = performance.now();
          if (now - published < PROGRESS_INTERVAL_MS && done < all) return;
          published = now;
          publish(done, all);
        },
        cancel: () => controller.abort(),
        end() {
          store.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.id !== id) }));
        },
      };
    },
  };
}

/** Older problems than this many are dropped: a drop of 10,000 broken files must not become 10,000 DOM nodes. */
const MOST_PROBLEMS = 200;
/** Inputs are quoted up to this length, so that 100,000 characters in one line stay one line. */
const MOST_QUOTED = 60;

export function createProblems(store: StoreApi<WorkbenchState>): Problems {
  let nextId = 1;
  const show = (fresh: readonly Problem[]) =>
    store.setState((state) => ({ problems: [...state.problems, ...fresh].slice(-MOST_PROBLEMS) }));
  const problemOf = ({ input, error }: ProblemNote): Problem => {
    const quoted = input.length > MOST_QUOTED ? `${input.slice(0, MOST_QUOTED)}…` : input;
    return { id: nextId++, input: quoted, error };
  };
  const problems: Problems = {
    add(input, error, retry) {
      show([{ ...problemOf({ input, error }), ...(retry ? { retry } : {}) }]);
    },
    addAll(notes) {
      if (notes.length > 0) show(notes.slice(-MOST_PROBLEMS).map(problemOf));
    },
    addThrown(input, thrown, retry) {
      const error = reportError(thrown);
      if (error.name !== "Cancelled") problems.add(input, error, retry);
    },
    dismiss(id) {
      store.setState((state) => ({ problems: state.problems.filter((problem) => problem.id !== id) }));
    },
    dismissAll() {
      store.setState({ problems: [] });
    },
  };
  return problems;
}
