import { type Item, type ItemId, newItemId } from "../../collection";
import { type ErrorReport, reportError } from "../../core/errors";
import { tidyText } from "../../core/text";
import { decodePicture } from "../../encoders";
import { nextTask } from "../../encoders/next-task";
import { readTextFile } from "../../formats";
import type { Context, ProblemNote } from "./context";
import { counted } from "./counted";
import type { Filler } from "./filler";
import { inSlices } from "./in-slices";
import type { Layout } from "./layout";
import type { AddResult, ImageDetails } from "./types";

interface AddingOptions {
  readonly texts: Filler;
  readonly images: Filler;
  readonly layout: Layout;
  /** Resolves when what was encoded stands in every space it belongs to. */
  readonly filed: () => Promise<void>;
}

type Failure = { input: string | Blob; error: ErrorReport };

/** A label is what fits beside a point; the whole text stays in the item. */
const LONGEST_LABEL = 80;
/** Pictures decoded at a time: enough to keep the worker busy while one crosses the boundary. */
const DECODING_AT_ONCE = 4;

function labelOf(text: string): string {
  const line = text.replace(/\s+/g, " ");
  if (line.length <= LONGEST_LABEL) return line;
  return `${Array.from(line.slice(0, LONGEST_LABEL)).slice(0, -1).join("")}…`;
}

function nameOf(image: Blob, position: number): string {
  return image instanceof File && image.name ? image.name.replace(/\.[^.]+$/, "") : `image ${position + 1}`;
}

export type Adding = ReturnType<typeof createAdding>;

/** Takes texts, images and files in, one failure never taking the rest down. */
export function createAdding(context: Context, { texts, images, layout, filed }: AddingOptions) {
  const { collection, problems, tasks } = context;

  /** Waits until the items stand on the map, and sorts the inputs' items into standing and failed. */
  const stand = async (
    filler: Filler,
    inputs: ReadonlyMap<ItemId, string | Blob>,
    failures: Failure[],
  ): Promise<AddResult> => {
    const ids = [...inputs.keys()];
    const failed = await filler.settled(ids);
    for (const [id, error] of failed) failures.push({ input: inputs.get(id) as string | Blob, error });
    await filed();
    layout.refresh();
    const standing = ids.filter((id) => collection.get(id) && !failed.has(id));
    await layout.standing(standing);
    return { items: standing.flatMap((id) => collection.get(id) ?? []), failures };
  };

  const addTexts = async (
    inputs: readonly string[],
    { categories }: { categories?: readonly (string | undefined)[] } = {},
  ): Promise<AddResult> => {
    const failures: Failure[] = [];
    const notes: ProblemNote[] = [];
    const fresh = new Map<string, Item>();
    const wanted = new Map<ItemId, string>();
    const tidied = await inSlices(inputs, tidyText);
    // What follows from new items is the page's own work; it gets its turn first.
    await nextTask();
    inputs.forEach((input, index) => {
      const text = tidied[index];
      if (text === "") {
        const error: ErrorReport = {
          name: "EmptyText",
          message: "There is no text to encode in this input.",
          advice: "Type at least one letter.",
        };
        failures.push({ input, error });
        notes.push({ input: input.trim() === "" ? "(empty)" : JSON.stringify(input), error });
        return;
      }
      const there = fresh.get(text) ?? collection.findText(text);
      if (there) {
        const message = `“${there.label}” is on the map already; it was not added again.`;
        notes.push({ input: there.label, error: { name: "AlreadyOnMap", message } });
        wanted.set(there.id, input);
        return;
      }
      const item: Item = {
        id: newItemId(),
        kind: "text",
        label: labelOf(text),
        text,
        category: categories?.[index],
      };
      fresh.set(text, item);
      wanted.set(item.id, input);
    });
    problems.addAll(notes);
    if (fresh.size > 0) collection.add([...fresh.values()], `Add ${counted(fresh.size, "text")}`);
    return stand(texts, wanted, failures);
  };

  /** Reads pictures in; those that can't be read leave the collection and are returned with the reason. */
  const decode = async (items: readonly Item[]): Promise<ReadonlyMap<ItemId, ErrorReport>> => {
    const failed = new Map<ItemId, ErrorReport>();
    const task = tasks.start((total) => `Reading ${counted(total, "picture")}`, items.length);
    const waiting = items.values();
    let done = 0;
    const decodeNext = async (): Promise<void> => {
      for (const { id, label, image } of waiting) {
        if (!image) continue;
        try {
          task.signal.throwIfAborted();
          const picture = await decodePicture(image.file, { signal: task.signal });
          if (collection.get(id)) collection.update(id, { image: { file: image.file, ...picture } });
          images.poke();
        } catch (thrown) {
          failed.set(id, reportError(thrown));
          collection.discard([id]);
          problems.addThrown(label, thrown);
        }
        task.update(++done);
      }
    };
    try {
      await Promise.all(Array.from({ length: DECODING_AT_ONCE }, decodeNext));
    } finally {
      task.end();
    }
    return failed;
  };

  const addImages = async (blobs: readonly Blob[], details: ImageDetails = {}): Promise<AddResult> => {
    if (blobs.length === 0) return { items: [], failures: [] };
    const failures: Failure[] = [];
    const wanted = new Map<ItemId, Blob>();
    const items = blobs.map((file, index): Item => {
      const id = newItemId();
      wanted.set(id, file);
      return {
        id,
        kind: "image",
        label: details.labels?.[index] ?? nameOf(file, index),
        image: { file, width: 0, height: 0 },
        category: details.categories?.[index],
        credit: details.credits?.[index],
      };
    });
    collection.add(items, `Add ${counted(items.length, "image")}`);
    for (const [id, error] of await decode(items)) {
      failures.push({ input: wanted.get(id) as Blob, error });
      wanted.delete(id);
    }
    return stand(images, wanted, failures);
  };

  const isTable = (file: File) =>
    /^text\/(plain|csv|tab-separated-values)/.test(file.type) || /\.(txt|csv|tsv)$/i.test(file.name);

  const addTable = async (file: File): Promise<void> => {
    try {
      const { texts: rows, categories, problems: rowProblems } = await readTextFile(file);
      for (const error of rowProblems) problems.add(file.name, error);
      await addTexts(rows, { categories });
    } catch (thrown) {
      problems.addThrown(file.name, thrown);
    }
  };

  return {
    addTexts,
    addImages,
    /** Reads the pictures that an earlier visit had no time to read. */
    async resume(): Promise<void> {
      const unread = collection.state().items.filter(({ image }) => image && !image.thumbnail);
      if (unread.length > 0) await decode(unread);
    },
    async addFiles(files: readonly File[]): Promise<void> {
      const tables = files.filter(isTable);
      const pictures = files.filter((file) => !isTable(file));
      await Promise.all([addImages(pictures), ...tables.map(addTable)]);
    },
  };
}
