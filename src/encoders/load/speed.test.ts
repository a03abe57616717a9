import { describe, expect, it } from "vitest";
import { Speed } from "./speed";

describe("Speed", () => {
  it("is that of the last three seconds", () => {
    const speed = new Speed();
    expect(speed.at(0, 0)).toBe(0);
    expect(speed.at(500, 1000)).toBe(500);
    expect(speed.at(1000, 2000)).toBe(500);
    for (const time of [3000, 4000, 5000]) speed.at(1000, time);
    expect(speed.at(1000, 6000)).toBe(0);
    expect(speed.at(4000, 7000)).toBe(1000);
  });

  it("starts anew when bytes are fetched again", () => {
    const speed = new Speed();
    speed.at(0, 0);
    speed.at(9000, 1000);
    expect(speed.at(0, 2000)).toBe(0);
    expect(speed.at(100, 3000)).toBe(100);
  });
});
