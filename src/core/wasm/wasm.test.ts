import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as layout from "./layout";
import * as sharedLayout from "./layout-shared";
import * as networks from "./networks";
import * as relaxedNetworks from "./networks-relaxed";
import * as similarity from "./similarity";
import * as whole from "./similarity-int16";
import * as sharedWhole from "./similarity-int16-shared";
import * as relaxed from "./similarity-relaxed";

test.each([
  ["networks", networks],
  ["networks", relaxedNetworks],
  ["layout", layout],
  ["layout", sharedLayout],
  ["similarity", similarity],
  ["similarity", relaxed],
  ["similarity", whole],
  ["similarity", sharedWhole],
])("%s is compiled from the source that is there", (name, kernel) => {
  const source = readFileSync(join(import.meta.dirname, "..", "..", "..", "kernels", `${name}.as`));
  expect(kernel.SOURCE, "run `node kernels/build.mjs`").toBe(
    createHash("sha256").update(source).digest("hex"),
  );
});
