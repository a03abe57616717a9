import { expect, test } from "vitest";
import type { Space } from "../../core/space";
import { createOwnNames } from "./own-files";

const model = (content: string, lastModified = 1) => [new File([content], "model.onnx", { lastModified })];

test("other files of a name that is taken get a number; the same ones keep theirs", () => {
  const spaces: Pick<Space, "id">[] = [];
  const name = createOwnNames({ spaces: () => spaces as Space[] });
  const of = (files: readonly File[]) => {
    const source = name({ from: "files", name: "model", files });
    return source.from === "files" && source.name;
  };
  expect(of(model("a"))).toBe("model");
  expect(of(model("a"))).toBe("model");
  expect(of(model("another"))).toBe("model (2)");
  expect(of(model("a", 2))).toBe("model (3)");
  expect(of(model("another"))).toBe("model (2)");
});

test("vectors of an earlier visit keep their name for themselves, those of another layer too", () => {
  for (const id of ["file:model", "file:model@block 1:mean"]) {
    const name = createOwnNames({ spaces: () => [{ id }] as Space[] });
    const source = { from: "files", name: "model", files: model("a") } as const;
    expect(name(source)).toMatchObject({ name: "model (2)" });
    expect(name({ ...source, name: "mode" })).toMatchObject({ name: "mode" });
  }
  const hub = { from: "hub", id: "org/name" } as const;
  expect(createOwnNames({ spaces: () => [] })(hub)).toBe(hub);
});
