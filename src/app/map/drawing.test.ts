import { describe, expect, it } from "vitest";
import type { Item, ItemId } from "../../collection/types";
import { imagesDiffer } from "./drawing";

const item = (kind: Item["kind"]): Item => ({ id: kind as ItemId, kind, label: kind });
const rows = [item("text"), item("image"), undefined, item("image"), item("patch")];

describe("imagesDiffer", () => {
  it("looks at pictures alone", () => {
    expect(imagesDiffer(rows, Uint8Array.of(0, 14, 0, 14, 14))).toBe(false);
    expect(imagesDiffer(rows, Uint8Array.of(14, 2, 14, 3, 2))).toBe(true);
    expect(imagesDiffer(rows, Uint8Array.of(14, 2, 14, 2, 3))).toBe(true);
    expect(imagesDiffer(rows.slice(0, 2), Uint8Array.of(0, 14))).toBe(false);
  });
});
