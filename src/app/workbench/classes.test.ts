import { describe, expect, it } from "vitest";
import { editionId, spaceId } from "../../core/space";
import { classesBy, withClasses } from "./classes";

const said = (name: string) => [{ index: 0, name, probability: 0.9 }];
const [lite, digits] = [editionId("lite", 2), spaceId("digits")];

describe("classes of an image", () => {
  it("are those of the encoder that is asked for, there and back again", () => {
    const first = { classes: withClasses({}, lite, said("football")) };
    expect(classesBy(first, digits)).toBeUndefined();
    const both = { classes: withClasses(first, digits, said("zero")) };
    expect(classesBy(both, digits)).toEqual(said("zero"));
    expect(classesBy(both, lite)).toEqual(said("football"));
  });

  it("are the same whichever layer they were read with", () => {
    const item = { classes: withClasses({}, spaceId("lite#2@last:mean"), said("football")) };
    expect(classesBy(item, lite)).toEqual(said("football"));
    expect(classesBy(item, spaceId("lite#2@first:max"))).toEqual(said("football"));
  });

  it("of another edition are not an edition's own, and give way to them", () => {
    const old = { classes: withClasses({}, editionId("lite"), said("ball")) };
    expect(classesBy(old, lite)).toBeUndefined();
    expect(withClasses(old, lite, said("football"))).toEqual([{ by: lite, ranked: said("football") }]);
  });
});
