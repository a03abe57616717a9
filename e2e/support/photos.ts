import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/setup.mjs";

const folder = join(root, "public", "samples", "pictures");

/** Real photographs with free licences, those of the sample “pictures”, in the order of their names. */
export function photos(): { name: string; content: Buffer }[] {
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

/** One of them. Throws when there is none of that name. */
export function photo(name: string): Buffer {
  return readFileSync(join(folder, name));
}
