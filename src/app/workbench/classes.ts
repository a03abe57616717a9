import type { Item, ItemClasses } from "../../collection";
import { nameAndEdition, type SpaceId, wholeSpaceId } from "../../core/space";

/** What the encoder of a space, whichever of its layers that is of, said of an image; undefined when it said nothing. */
export function classesBy(item: Pick<Item, "classes">, space: SpaceId): ItemClasses["ranked"] | undefined {
  const encoder = wholeSpaceId(space);
  return item.classes?.find(({ by }) => by === encoder)?.ranked;
}

/** An image's classes with what the encoder of a space says now in place of what it, or another edition of it, said before. */
export function withClasses(
  item: Pick<Item, "classes">,
  space: SpaceId,
  ranked: ItemClasses["ranked"],
): readonly ItemClasses[] {
  const by = wholeSpaceId(space);
  const { name } = nameAndEdition(by);
  const others = (item.classes ?? []).filter((each) => nameAndEdition(each.by).name !== name);
  return [...others, { by, ranked }];
}
