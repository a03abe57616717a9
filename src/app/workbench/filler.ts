import type { Item, ItemId } from "../../collection";
import { type ErrorReport, errorFromReport, reportError } from "../../core/errors";
import type { Modality, Space } from "../../core/space";
import type { EncodeOptions } from "../../encoders";
import { nextTask } from "../../encoders/next-task";
import type { Context } from "./context";
import type { EncoderSlot } from "./encoder-slot";
import { type FoundVector, fileVectors, isFiled } from "./parts";

/** Sees to it that every item of one modality has a vector in its current encoder's space. */
export interface Filler {
  /** Looks for items without a vector and encodes them; does nothing when it is at it already. */
  poke(): void;
  /**
   * Resolves when each of these items has a vector, has failed or is gone, with the failures by item.
   * Rejects when the encoder can't be opened, or with `Cancelled`.
   */
  settled(ids: readonly ItemId[]): Promise<ReadonlyMap<ItemId, ErrorReport>>;
  /** As `poke`, and tries items again that failed or were cancelled before. */
  retry(): void;
  /** True while items are being encoded. */
  busy(): boolean;
}

interface Encoder<Input, Result> {
  readonly space: Space;
  encode(inputs: readonly Input[], options: EncodeOptions<Result>): Promise<void>;
}

export interface FillerOptions<Input, Result extends FoundVector> {
  /** "Encoding 2,000 texts" */
  readonly title: (total: number) => string;
  /** What to hand to the encoder for an item; undefined for items that are not, or not yet, for this encoder. */
  readonly input: (item: Item) => Input | undefined;
  readonly encoder: () => Promise<Encoder<Input, Result>>;
  /** The encoder's space when it is open. */
  readonly space: () => Space | undefined;
  /** Says whether to try again after a failure, as the encoder's slot does. */
  readonly recover: EncoderSlot<Modality>["recover"];
  /** Called after vectors were filed in a space, with what else the encoder found out; several results for an item with parts. */
  readonly onResults: (items: readonly Item[], results: readonly Result[], space: Space) => void;
  /** Called when nothing is left to encode. */
  readonly onIdle: () => void;
}

interface Waiter {
  readonly ids: Set<ItemId>;
  readonly failures: Map<ItemId, ErrorReport>;
  resolve(failures: ReadonlyMap<ItemId, ErrorReport>): void;
  reject(error: unknown): void;
}

/** A worker that stopped at more items than this, each alone, is itself at fault. */
const MOST_BLAMED = 3;

const TOO_MUCH = "It asks for too much: shorten the text or shrink the picture, or choose a smaller model.";

export function createFiller<Input, Result extends FoundVector>(
  { collection, tasks, problems }: Context,
  options: FillerOptions<Input, Result>,
): Filler {
  /** Items that failed under an encoder, so that they are not tried again and again. */
  const refused = new Map<string, Set<ItemId>>();
  const waiters = new Set<Waiter>();
  let running = false;
  /** Items that got a vector since the run began. */
  let encoded = 0;

  const isMissing = (item: Item, space: Space | undefined) =>
    options.input(item) !== undefined &&
    (!space || (!refused.get(space.id)?.has(item.id) && !isFiled(collection, space, item)));
  const missing = (space: Space | undefined) =>
    collection.state().items.filter((item) => isMissing(item, space));

  const settle = (id: ItemId, error?: ErrorReport) => {
    for (const waiter of waiters) {
      if (!waiter.ids.delete(id)) continue;
      if (error) waiter.failures.set(id, error);
      if (waiter.ids.size === 0) {
        waiters.delete(waiter);
        waiter.resolve(waiter.failures);
      }
    }
  };
  const settleGone = () => {
    for (const waiter of waiters) for (const id of waiter.ids) if (!collection.get(id)) settle(id);
  };
  const rejectAll = (error: unknown) => {
    for (const waiter of waiters) waiter.reject(error);
    waiters.clear();
  };

  /** Drops items that stand in no space at all: their encoding failed or was cancelled. */
  const discardUnplaced = (ids: readonly ItemId[]) => {
    const spaces = collection.spaces();
    const isUnplaced = (id: ItemId) => {
      const item = collection.get(id);
      return item !== undefined && spaces.every((space) => !isFiled(collection, space, item));
    };
    const unplaced = ids.filter(isUnplaced);
    if (unplaced.length > 0) collection.discard(unplaced);
  };

  const refuse = (space: Space, id: ItemId) => {
    const ids = refused.get(space.id) ?? new Set();
    refused.set(space.id, ids.add(id));
  };

  /** An item that can't be encoded: it is told, and leaves the list unless it stands in another space. */
  const fail = (space: Space, item: Item, error: ErrorReport) => {
    refuse(space, item.id);
    problems.add(item.label, error);
    discardUnplaced([item.id]);
    settle(item.id, error);
  };

  const encodeRound = async (encoder: Encoder<Input, Result>, items: readonly Item[]) => {
    const task = tasks.start(options.title, items.length);
    let done = 0;
    try {
      await encoder.encode(
        items.map((item) => options.input(item) as Input),
        {
          signal: task.signal,
          onResults(results, failures) {
            const standing = results.filter(({ index }) => collection.get(items[index].id));
            collection.change(() => {
              fileVectors(collection, encoder.space, items, standing);
              options.onResults(items, standing, encoder.space);
              for (const { index, error } of failures) fail(encoder.space, items[index], error);
            });
            const found = new Set(results.map(({ index }) => index));
            for (const index of found) settle(items[index].id);
            encoded += found.size;
            done += found.size + failures.length;
            task.update(done);
            if (!items.some((item) => collection.get(item.id))) task.cancel();
          },
        },
      );
    } catch (thrown) {
      if (!task.signal.aborted) throw thrown;
      const ids = items.filter((item) => !isFiled(collection, encoder.space, item)).map((item) => item.id);
      discardUnplaced(ids);
      for (const id of ids) {
        refuse(encoder.space, id);
        settle(id, reportError(thrown));
      }
    } finally {
      task.end();
    }
  };

  const run = async () => {
    running = true;
    let failures = 0;
    let opened = false;
    let oneByOne = false;
    let blamed = 0;
    encoded = 0;
    try {
      // What is added in one go is encoded in one go, and the page shows it first.
      await nextTask();
      while (missing(options.space()).length > 0) {
        const encoder = await options.encoder();
        opened = true;
        const left = missing(encoder.space);
        const items = oneByOne ? left.slice(0, 1) : left;
        try {
          if (items.length > 0) await encodeRound(encoder, items);
        } catch (thrown) {
          const error = reportError(thrown);
          if (!options.recover(encoder, error, failures++)) {
            // An encoder that gave vectors may have met an item that is too much for it; alone, it shows which one.
            if (error.name !== "WorkerCrashed" || encoded === 0 || blamed === MOST_BLAMED) throw thrown;
            if (oneByOne) {
              blamed += 1;
              fail(encoder.space, items[0], { ...error, advice: TOO_MUCH });
            }
            oneByOne = true;
          }
        }
        settleGone();
      }
    } catch (thrown) {
      rejectAll(thrown);
      // An encoder that does not open says so itself, in its state.
      if (opened) problems.addThrown("", thrown, retry);
    } finally {
      running = false;
    }
    settleGone();
    options.onIdle();
  };

  const poke = () => {
    if (!running) void run();
  };
  const retry = () => {
    refused.clear();
    poke();
  };

  return {
    poke,
    retry,
    busy: () => running,
    settled(ids) {
      return new Promise((resolve, reject) => {
        const space = options.space();
        const waiting = ids.filter((id) => {
          const item = collection.get(id);
          return item !== undefined && isMissing(item, space);
        });
        if (waiting.length === 0) return resolve(new Map());
        waiters.add({
          ids: new Set(waiting),
          failures: new Map(),
          resolve,
          reject: (e) => reject(toError(e)),
        });
        poke();
      });
    },
  };
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : errorFromReport(reportError(thrown));
}
