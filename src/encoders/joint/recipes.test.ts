import { expect, it } from "vitest";
import { editionId, nameAndEdition } from "../../core/space";
import { jointSpaceId } from "./recipes";

it("gives a joint space another id whenever its recipe or an encoder's edition changes, and one name", () => {
  const ids = ["a", "a#2"].flatMap((text) => ["b", "b#2", "b#3"].map((image) => jointSpaceId(text, image)));
  expect(ids).toEqual(["a+b", "a+b#2", "a+b#3", "a+b#2", "a+b#3", "a+b#4"]);
  expect(new Set(ids.map((id) => nameAndEdition(id).name))).toEqual(new Set(["a+b"]));
  // The shipped recipe is in its second edition, and so is its image encoder.
  expect(jointSpaceId("all-minilm-l6-v2", "efficientnet-lite0#2")).toBe(
    "all-minilm-l6-v2+efficientnet-lite0#3",
  );
});

it.each([
  ["m", { name: "m", edition: 1 }],
  ["m#2", { name: "m", edition: 2 }],
  ["m#12@layer:mean", { name: "m@layer:mean", edition: 12 }],
  ["m@v1#2/pr:mean", { name: "m@v1#2/pr:mean", edition: 1 }],
])("reads the edition of %s", (id, expected) => {
  expect(nameAndEdition(id)).toEqual(expected);
  if (!id.includes("@")) expect(editionId(expected.name, expected.edition)).toBe(id);
});
