import { describe, expect, it } from "vitest";
import { commands } from "../commands/registry";
import { findCommands } from "./find";

const find = (query: string) => findCommands(commands, query).map((command) => command.name);

describe("findCommands", () => {
  it("finds by the beginnings of words, in any order", () => {
    expect(find("csv exp sel")).toEqual(["export.csv.selection"]);
    expect(find("umap")).toEqual(["map.umap", "map.umap-js"]);
  });
  it("finds by keywords that are not in the label", () => {
    expect(find("night")).toEqual(["page.theme"]);
  });
  it("offers everything without a query and nothing for nonsense", () => {
    expect(find(" ")).toHaveLength(commands.length);
    expect(find("qqq")).toEqual([]);
  });
});
