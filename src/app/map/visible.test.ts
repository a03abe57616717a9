import { describe, expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import type { Item, ItemId } from "../../collection/types";
import { coloursByGroup } from "../colours/groups";
import type { ViewStore } from "../view";
import type { Workbench } from "../workbench/types";
import { followItems, isFiltering, toggled, visibleOf } from "./visible";

const item = (id: string, category: string): Item => ({
  id: id as ItemId,
  kind: "text",
  label: id,
  category,
});
const items = [item("football", "sport"), item("shoe", "footwear"), item("soccer", "sport")];
const colours = coloursByGroup({
  key: ({ category }) => `category:${category}`,
  label: (key) => key,
  slot: () => 0,
});
const all = ["a", "b", "c"];

describe("what is shown", () => {
  it("is the very list without a filter", () => {
    const filter = { hidden: new Set<string>(), isolated: null };
    expect(isFiltering(filter)).toBe(false);
    expect(visibleOf(items, filter, colours)).toBe(items);
  });
  it("leaves hidden entries out, and all that was not singled out", () => {
    const hidden = new Set(["category:footwear"]);
    expect(visibleOf(items, { hidden, isolated: null }, colours)).toEqual([items[0], items[2]]);
    const isolated = new Set([items[0].id, items[1].id]);
    expect(visibleOf(items, { hidden: new Set<string>(), isolated }, colours)).toEqual([items[0], items[1]]);
    expect(visibleOf(items, { hidden, isolated }, colours)).toEqual([items[0]]);
  });
});

describe("a click on the legend", () => {
  it("shows that entry alone, then adds others, and shows all again when all are back", () => {
    const one = toggled(new Set(), "a", all, true);
    expect([...one]).toEqual(["b", "c"]);
    const two = toggled(one, "b", all, true);
    expect([...two]).toEqual(["c"]);
    expect(toggled(two, "c", all, true).size).toBe(0);
  });
  it("shows all again when the only shown entry is clicked", () => {
    expect(toggled(new Set(["b", "c"]), "a", all, true).size).toBe(0);
  });
  it("hides one entry when asked to, and brings it back", () => {
    const hidden = toggled(new Set(), "b", all, false);
    expect([...hidden]).toEqual(["b"]);
    expect(toggled(hidden, "b", all, false).size).toBe(0);
  });
  it("forgets entries that are no longer there", () => {
    expect([...toggled(new Set(["gone"]), "a", all, true)]).toEqual(["b", "c"]);
  });
});

describe("a filter while items come and go", () => {
  const followed = (isolated: readonly Item[]) => {
    const state = createStore<{ items: readonly Item[] }>(() => ({ items }));
    const view = createStore(() => ({
      hidden: new Set(["category:sport"]),
      isolated: new Set(isolated.map(({ id }) => id)),
    }));
    followItems({ state } as unknown as Workbench, view as unknown as ViewStore);
    return { state, view };
  };
  it("lets new items join those singled out, and keeps to them when others go", () => {
    const { state, view } = followed([items[0]]);
    const fresh = item("boot", "footwear");
    state.setState({ items: [...items, fresh] });
    expect([...view.getState().isolated]).toEqual([items[0].id, fresh.id]);
    state.setState({ items: [items[0], fresh] });
    expect(view.getState().isolated.size).toBe(2);
  });
  it("ends when nothing is left", () => {
    const { state, view } = followed([items[0]]);
    state.setState({ items: [] });
    expect(view.getState()).toEqual({ hidden: new Set(), isolated: null });
  });
});
