import type { Collection, Places } from "../../collection";
import type { SpaceId } from "../../core/space";

/** The map of each space and projection, that going back to one finds it as it was. */
export interface FormerMaps {
  /**
   * Makes places a space's present ones, in the collection, and puts those that were aside, with `isWhole`, when they are
   * another map's; forgets maps that were put aside longest ago when there are too many.
   */
  show(space: SpaceId, places: Places, isWhole: boolean): void;
  /** The map that was made in this space with these options, present or former; undefined when there is none any more. */
  find(space: SpaceId, options: string): Places | undefined;
}

/** The most maps that are kept: two dimensions × two projections × two encoders are what people go to and fro between. */
const mostMaps = 8;

/**
 * The most items on all of them together. A million in 2-D and in 3-D can be gone back to, at 24 bytes an item: three
 * coordinates, the trust and the id's reference.
 */
const mostItems = 2_000_000;

/** Keeps the former maps of a collection's spaces for this visit alone; the next one finds each space's present map. */
export function createFormerMaps(collection: Pick<Collection, "places" | "setPlaces">): FormerMaps {
  /** The latest last. */
  let maps: readonly { readonly space: SpaceId; readonly places: Places }[] = [];

  const without = (space: SpaceId, options: string) =>
    maps.filter((map) => map.space !== space || map.places.made.options !== options);

  const putAside = (space: SpaceId, places: Places) => {
    const all = [...without(space, places.made.options), { space, places }].slice(-mostMaps);
    let items = 0;
    const isWithin = all.map(() => false);
    for (let at = all.length - 1; at >= 0; at--) {
      items += all[at].places.ids.length;
      isWithin[at] = items <= mostItems;
    }
    maps = all.filter((_, at) => isWithin[at]);
  };

  return {
    show(space, places, isWhole) {
      const present = collection.places(space);
      const { options } = places.made;
      if (isWhole && present && present.made.options !== options) putAside(space, present);
      maps = without(space, options);
      collection.setPlaces(space, places);
    },
    find(space, options) {
      const present = collection.places(space);
      if (present?.made.options === options) return present;
      return maps.find((map) => map.space === space && map.places.made.options === options)?.places;
    },
  };
}
