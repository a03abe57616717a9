import { NamedError } from "../core/errors";
import { moved } from "../remote/protocol";
import { serve } from "../remote/serve";
import type { ComparisonMethods } from "./protocol";
import { compareRows, type HeldMatrix, holdMatrix, rankRows } from "./ranking";

const held = new Map<string, HeldMatrix>();

function find(key: string): HeldMatrix {
  const found = held.get(key);
  if (!found) throw new NamedError("UnknownSpace", `No vectors are held for “${key}”.`);
  return found;
}

serve<ComparisonMethods>({
  hold({ key, matrix }) {
    held.set(key, holdMatrix(matrix));
    return undefined;
  },
  forget({ key }) {
    held.delete(key);
    return undefined;
  },
  neighbours: ({ key, query, ...options }) => rankRows(find(key), query, options),
  similarities({ key, rows, metric }) {
    const similarities = compareRows(find(key), rows, metric);
    return moved(similarities, [similarities.buffer]);
  },
});
