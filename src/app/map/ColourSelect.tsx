import { useMemo } from "react";
import { columnsOf } from "../colours/columns";
import type { ColourBy } from "../colours/types";
import { useTrust } from "../colours/useColours";
import { useApp, useBench, useView } from "../context";
import { Select, type SelectOption } from "../ui/Select";

/** By what the items are coloured. What was hidden by the legend comes back with another one. */
export function ColourSelect() {
  const { view } = useApp();
  const by = useView((state) => state.colourBy);
  const isMeasured = useTrust() !== undefined;
  const items = useBench((state) => state.items);
  const options = useMemo(
    (): readonly SelectOption[] => [
      { value: "category", title: "category", note: "What group each item belongs to." },
      { value: "kind", title: "kind", note: "Words, images or rows of a table." },
      { value: "encoder", title: "encoder", note: "What made each item's vector." },
      { value: "cluster", title: "cluster", note: "The regions of this map, found by where items crowd." },
      {
        value: "similarity",
        title: "similarity",
        note: "How like the selection each item is, in the space.",
      },
      {
        value: "trust",
        title: "trust",
        note: isMeasured
          ? "How many of an item's neighbours on the map are its neighbours in the space."
          : "Not measured on this map: it is when a layout of four items or more is finished. Lay out again.",
        disabled: !isMeasured,
      },
      ...columnsOf(items).map(({ name, holds }) => ({
        value: `column:${name}`,
        title: name,
        note: holds === "numbers" ? "A column of numbers." : "A column of texts.",
      })),
    ],
    [items, isMeasured],
  );
  return (
    <Select
      label="Colour"
      prefix="Colour:"
      quiet
      value={by}
      options={options}
      onChange={(value) =>
        view.setState({ colourBy: value as ColourBy, hidden: new Set(), emphasised: null })
      }
    />
  );
}
