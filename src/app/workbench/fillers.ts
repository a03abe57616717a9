import { withClasses } from "./classes";
import type { Context } from "./context";
import { counted } from "./counted";
import type { EncoderSlots } from "./encoder-slots";
import { createFiller, type Filler } from "./filler";
import type { Spaces } from "./spaces";

/** Makes the fillers of both modalities. `onIdle` is called when one has nothing left to do. */
export function createFillers(
  context: Context,
  slots: EncoderSlots,
  spaces: Spaces,
  onIdle: () => void,
): { readonly texts: Filler; readonly images: Filler } {
  const { collection } = context;
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
    onIdle,
  });
  const images = createFiller(context, {
    title: (total) => `Encoding ${counted(total, "image")}`,
    input: (item) => (item.image?.thumbnail ? item.image.file : undefined),
    encoder: slots.image.ready,
    space: () => spaces.ofRole("image"),
    recover: slots.image.recover,
    onResults(items, results, space) {
      collection.change(() => {
        for (const { index, classes } of results) {
          const { id } = items[index];
          if (classes)
            collection.update(id, { classes: withClasses(collection.get(id) ?? {}, space.id, classes) });
        }
      });
    },
    onIdle,
  });
  return { texts, images };
}
