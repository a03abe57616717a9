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
  /** Matrices of which not all rows are there yet. */
  const coming = new Map<string, Float32Array>();
  return {
    hold({ key, rows, dimension, first, part }) {
      const isWhole = part.length === rows * dimension;
      const data = isWhole ? part : first > 0 ? coming.get(key) : new Float32Array(rows * dimension);
      if (!data) throw new NamedError("NotReady", `The ${first} vectors before these are not held.`);
      if (!isWhole) data.set(part, first * dimension);
      if (first * dimension + part.length < data.length) coming.set(key, data);
      else {
        coming.delete(key);
        held.set(key, holdMatrix({ data, rows, dimension }));
      }
      return undefined;
    },
    forget({ key }) {
      coming.delete(key);
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
