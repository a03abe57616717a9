import { describe, expect, it } from "vitest";
import { withFallbacks } from "./font";

describe("withFallbacks", () => {
  it("names what stands in for a sans-serif, once", () => {
    expect(withFallbacks('"Inter Variable", Inter, system-ui, sans-serif')).toBe(
      '"Inter Variable", Inter, "Helvetica Neue", Arial, "Liberation Sans", sans-serif',
    );
    expect(withFallbacks("Arial, sans-serif")).toBe('Arial, "Helvetica Neue", "Liberation Sans", sans-serif');
  });
  it("leaves others as they are", () => {
    expect(withFallbacks("Georgia, serif")).toBe("Georgia, serif");
  });
});
