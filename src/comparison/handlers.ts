import { NamedError } from "../core/errors";
import { type Handlers, moved } from "../remote/protocol";
import type { ComparisonMethods } from "./protocol";
import { compareRows, type HeldMatrix, holdMatrix, likenessOfRows, rankRows } from "./ranking";
import { findRegions } from "./regions";

/** What the comparison worker does, with the matrices it holds. */
export function comparisonHandlers(): Handlers<ComparisonMethods> {
  const held = new Map<string, HeldMatrix>();
  const find = (key: string): HeldMatrix => {
    const found = held.get(key);
    if (!found) throw new NamedError("UnknownSpace", `No vectors are held for “${key}”.`);
    return found;
  };
  return {
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
    likeness({ key, query, metric }) {
      const likeness = likenessOfRows(find(key), query, metric);
      return moved(likeness, [likeness.buffer]);
    },
    regions({ key, ...question }) {
      const found = findRegions(question, find(key));
      return moved(found, [found.of.buffer]);
    },
  };
}
