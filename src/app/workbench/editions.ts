import type { Collection } from "../../collection";
import { nameAndEdition, type Space, type SpaceId } from "../../core/space";
import { centredSpace } from "./gap";

/**
 * The vectors that an earlier visit kept, made by another edition of a recipe than the page's own. They stand in a space of
 * their own, are shown until the page's edition has made its own of the same items, and are dropped then.
 */
export interface Editions {
  /** The space of another edition, when it holds an item that the space does not hold yet. */
  former(space: SpaceId): Space | undefined;
  /** Drops the spaces of other editions whose every item the space holds. */
  retire(space: SpaceId): void;
}

export function createEditions(collection: Collection): Editions {
  const others = (space: SpaceId) => {
    const { name, edition } = nameAndEdition(space);
    return collection.spaces().filter(({ id }) => {
      const other = nameAndEdition(id);
      return other.name === name && other.edition !== edition;
    });
  };
  const covers = (space: SpaceId, other: SpaceId) =>
    // Nearly always enough, while most is still to be made.
    collection.count(space) >= collection.count(other) &&
    collection.state().items.every(({ id }) => !collection.holds(other, id) || collection.holds(space, id));

  return {
    former: (space) => others(space).find((other) => !covers(space, other.id)),
    retire(space) {
      for (const other of others(space)) {
        if (!covers(space, other.id)) continue;
        collection.change(() => {
          collection.dropSpace(other.id);
          collection.dropSpace(centredSpace(other).id);
        });
      }
    },
  };
}
