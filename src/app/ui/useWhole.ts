import type { Item } from "../../collection/types";
import { useBench } from "../context";

/** The image that a patch is of; undefined for items that are no patches. */
export function useWhole({ of, part }: Item): Item | undefined {
  const isPatch = part !== undefined && "box" in part;
  return useBench((state) => (isPatch ? state.items.find(({ id }) => id === of) : undefined));
}
