import { expect, test } from "vitest";
import { createCollection, type Item, newItemId } from "../../collection";
import { spaceId } from "../../core/space";
import { cosine } from "../../core/vectors";
import { createCentring, measureGap } from "./gap";

const joint = {
  id: spaceId("a/clip"),
  title: "CLIP",
  dimension: 3,
  metric: "cosine" as const,
  modalities: ["text" as const, "image" as const],
};

/** Two islands: words around the first axis, images around the second, the third says what they are about. */
function islands() {
  const collection = createCollection();
  const add = (kind: "text" | "image", vector: number[]) => {
    const item: Item = { id: newItemId(), kind, label: kind };
    collection.add([item], "Add");
    collection.setVectors(joint, [{ id: item.id, vector: new Float32Array(vector) }]);
    return item.id;
  };
  const words = [add("text", [8, 0, 1]), add("text", [4, 0, -0.5])];
  const images = [add("image", [0, 2, 0.25]), add("image", [0, 8, -1])];
  return { collection, words, images };
}

test("the gap is the distance of the middles, and every item lies on its modality's side", () => {
  const { collection, words } = islands();
  const found = measureGap(collection, joint);
  expect(found?.gap).toBeCloseTo(Math.SQRT2 * (8 / Math.sqrt(65)), 5);
  for (const { id, at } of found?.places ?? []) expect(at).toBeCloseTo(words.includes(id) ? 1 : 0, 5);
});

test("centred, a word's nearest is the image of the same, whichever island it was on", () => {
  const { collection, words, images } = islands();
  const centring = createCentring(collection);
  const space = centring.of(joint)!;
  const [word, other] = words.map((id) => collection.vector(space.id, id)!);
  const [same, opposite] = images.map((id) => collection.vector(space.id, id)!);
  expect(cosine(word, same)).toBeCloseTo(1, 5);
  expect(cosine(word, opposite)).toBeCloseTo(-1, 5);
  expect(cosine(other, opposite)).toBeCloseTo(1, 5);
  expect(centring.base(space.id)).toBe(joint);
  expect(cosine(centring.centre(new Float32Array([16, 0, 2]), "text"), word)).toBeCloseTo(1, 5);
  const { vectorsVersion } = collection.state();
  centring.of(joint);
  expect(collection.state().vectorsVersion).toBe(vectorsVersion);

  collection.remove(images, "Remove");
  expect(centring.of(joint)).toBeUndefined();
  expect(measureGap(collection, joint)).toBeUndefined();
});
