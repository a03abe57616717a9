import { NamedError } from "../core/errors";
import { readSession } from "./read-session";
import { openSessionDatabase, type SessionDatabase, type Written } from "./stored-session";
import type { Collection, SavedCollection } from "./types";
import { writeSession } from "./write-session";

/** Changes come in bursts (words being encoded, a slider being moved); writing waits until one is over. */
const quietMilliseconds = 700;

/** A burst that does not end is written every so often all the same: what a crash could take is this much work. */
const longestMilliseconds = 10_000;

/** A page that reloads gives its lock back a moment after its successor asks for it. */
const lockMilliseconds = 400;

/** An open that hangs (another page blocks it, the profile is broken) must not keep the page from starting. */
const openMilliseconds = 4_000;

export interface PersistenceOptions {
  /** Name of the database, and of the lock `<name>-session`. */
  readonly name: string;
  /**
   * Told once when the items cannot be kept or read (`StorageFailed`), and again only after a success in between. By
   * default nobody is told.
   */
  readonly onProblem?: (error: NamedError) => void;
  /**
   * Told when a second tab's items are kept from now on: the tab that was there first is gone and had kept nothing since
   * this one read. By default nobody is told.
   */
  readonly onPersisted?: () => void;
}

/** Keeps the collection for the next visit. Nothing here throws: a page that cannot store works without. */
export interface Persistence {
  /**
   * True when this tab's items are kept: storage works, and no other tab of this page was there first, or it is gone and
   * nothing of its would be lost.
   */
  readonly persisted: boolean;
  /** What the last visit left; a second tab gets a copy. Undefined when there is nothing, or nothing readable. */
  restore(): Promise<SavedCollection | undefined>;
  /**
   * Notes that the collection or the settings changed; they are written once a burst of changes is over, as they are
   * then. `settings` must survive structured cloning. Call it only after `restore`: what is kept is replaced.
   */
  save(collection: Collection, settings: unknown): void;
  /** Writes at once what `save` noted; resolves when it is written, or when writing failed. */
  flush(): Promise<void>;
  /** Writes what is left, closes the database and lets another tab have the lock. */
  close(): Promise<void>;
}

/**
 * Opens the storage of this page's origin (IndexedDB). Always resolves: where storage is refused or broken, `onProblem`
 * is told and nothing is kept.
 */
export async function openPersistence({
  name,
  onProblem,
  onPersisted,
}: PersistenceOptions): Promise<Persistence> {
  const writer = Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join("");
  let told = false;
  let usable = true;
  let written: Written | undefined;
  let pending: { collection: Collection; settings: unknown } | undefined;
  let since = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> = Promise.resolve();
  let opening: Promise<SessionDatabase> | undefined;

  const fail = (message: string, cause: unknown) => {
    if (told) return;
    told = true;
    const full = cause instanceof DOMException && cause.name === "QuotaExceededError";
    onProblem?.(
      new NamedError(
        "StorageFailed",
        full ? `${message}: the space this page may use is full.` : `${message}.`,
        {
          advice: full
            ? "Remove some pictures, or free space on this device; then everything is kept again."
            : "Everything works, but export what you want to keep: a private window or a full disk can be the reason.",
          cause,
        },
      ),
    );
  };

  const database = (): Promise<SessionDatabase> => {
    opening ??= within(
      openMilliseconds,
      // Reopened at the next use: the browser closes databases when a user clears the site's data.
      openSessionDatabase(name, () => {
        opening = undefined;
        written = undefined;
      }),
    );
    return opening;
  };

  const disconnect = async () => {
    const connection = await opening?.catch(() => undefined);
    connection?.close();
    opening = undefined;
  };

  const write = async () => {
    const wanted = pending;
    pending = undefined;
    if (!wanted) return;
    try {
      written = await writeSession(
        await database(),
        snapshot(wanted.collection, wanted.settings),
        writer,
        written,
      );
      told = false;
    } catch (thrown) {
      // The connection may be what is broken; the next write opens a fresh one.
      await disconnect();
      fail("The items could not be kept for your next visit", thrown);
    }
  };

  const flush = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    // One write at a time, in order; a failed one has been reported and does not stop the next.
    writing = writing.then(write);
    return writing;
  };

  const onHidden = () => {
    if (document.visibilityState === "hidden") void flush();
  };

  const closing = new AbortController();
  const lock = takeLock(`${name}-session`, closing.signal);
  const [isFirst] = await Promise.all([
    Promise.race([lock.then(() => true), pause(lockMilliseconds)]),
    database().catch((thrown: unknown) => {
      usable = false;
      fail("This browser does not let the page keep its items for your next visit", thrown);
    }),
  ]);
  if (typeof document !== "undefined") document.addEventListener("visibilitychange", onHidden);

  let persisted = usable && isFirst === true;

  /** What the other tab kept after this one read must not be written over. */
  const takeOver = async () => {
    const record = await (await database()).get("session", "session");
    const isUnchanged = record?.writer === written?.writer && record?.revision === written?.revision;
    if (!isUnchanged || closing.signal.aborted) return;
    persisted = true;
    onPersisted?.();
  };
  if (usable && !persisted) {
    lock.then(takeOver).catch(() => undefined);
  }

  return {
    get persisted() {
      return persisted;
    },

    async restore() {
      if (!usable) return undefined;
      try {
        const found = await readSession(await database());
        written = found?.written;
        return found?.saved;
      } catch (thrown) {
        fail("What your last visit left could not be read; the map starts empty", thrown);
        return undefined;
      }
    },

    save(collection, settings) {
      if (!persisted) return;
      if (!pending) since = Date.now();
      pending = { collection, settings };
      clearTimeout(timer);
      const latest = since + longestMilliseconds - Date.now();
      timer = setTimeout(flush, Math.max(0, Math.min(quietMilliseconds, latest)));
    },

    flush,

    async close() {
      await flush();
      if (typeof document !== "undefined") document.removeEventListener("visibilitychange", onHidden);
      await disconnect();
      closing.abort();
    },
  };
}

/** The collection as it is now; nothing is copied, since nothing in it is ever written to again. */
function snapshot(collection: Collection, settings: unknown): SavedCollection {
  const spaces = collection.spaces();
  return {
    items: collection.state().items,
    tables: spaces.flatMap(({ id }) => collection.table(id) ?? []),
    places: spaces.flatMap(({ id }) => {
      const places = collection.places(id);
      return places ? [{ space: id, places }] : [];
    }),
    settings,
  };
}

/**
 * Takes a lock and keeps it until the signal is aborted; resolves once it is had, which may be never. Where locks do not
 * exist (pages that are neither on https nor on localhost) every tab gets one: the last to write wins.
 */
async function takeLock(name: string, signal: AbortSignal): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return;
  await new Promise<void>((resolve, reject) => {
    const keep = () =>
      new Promise<void>((release) => {
        signal.addEventListener("abort", () => release());
        resolve();
      });
    locks.request(name, { signal }, keep).catch(reject);
  });
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** Rejects when the promise takes too long. */
function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${milliseconds} ms`)), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
