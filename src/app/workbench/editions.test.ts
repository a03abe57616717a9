import { describe, expect, it } from "vitest";
import { createCollection, type Item, newItemId } from "../../collection";
import { type Space, spaceId } from "../../core/space";
import { createEditions } from "./editions";
import { centredSpace } from "./gap";

const space = (id: string): Space => ({
  id: spaceId(id),
  title: id,
  dimension: 2,
  metric: "cosine",
  modalities: ["text"],
});
const [first, second, other] = [space("m"), space("m#2"), space("n")];

function kept() {
  const collection = createCollection();
  const items = ["a", "b", "c"].map((text): Item => ({ id: newItemId(), kind: "text", label: text, text }));
  collection.add(items, "Add");
  const file = (into: Space, some: readonly Item[]) =>
    collection.setVectors(
      into,
      some.map(({ id }, at) => ({ id, vector: Float32Array.of(1, at) })),
    );
  return { collection, items, file, editions: createEditions(collection) };
}

describe("editions", () => {
  it("show what a former one left until every item is made anew, and drop it then with all that hangs on it", () => {
    const { collection, items, file, editions } = kept();
    file(first, items.slice(0, 2));
    file(centredSpace(first), items.slice(0, 2));
    file(other, items);
    file(second, [items[0], items[2]]);
    expect(editions.former(second.id)?.id).toBe("m");
    editions.retire(second.id);
    expect(collection.count(first.id)).toBe(2);

    file(second, [items[1]]);
    expect(editions.former(second.id)).toBeUndefined();
    editions.retire(second.id);
    expect(collection.spaces().map(({ id }) => id)).toEqual(["n", "m#2"]);
  });

  it("forget items that are removed, but not the words that Undo brings back", () => {
    const { collection, items, file, editions } = kept();
    file(first, items);
    file(second, items.slice(0, 2));
    collection.remove([items[2].id], "Remove");
    editions.retire(second.id);
    collection.undo();
    expect(collection.get(items[2].id)).toBeDefined();
    expect(collection.holds(first.id, items[2].id)).toBe(false);
    expect(collection.count(second.id)).toBe(2);
  });

  it("of another name, or with nothing kept, change nothing", () => {
    const { collection, items, file, editions } = kept();
    file(other, items);
    editions.retire(second.id);
    expect(editions.former(second.id)).toBeUndefined();
    expect(collection.count(other.id)).toBe(3);
  });
});
