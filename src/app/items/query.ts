import type { Item } from "../../collection/types";
import { numberOf } from "../colours/columns";
import { kindLabels } from "../colours/legend";

/** How a field is compared with a value. */
export type Comparison = ":" | "=" | "<" | "<=" | ">" | ">=";

/** One thing that is asked of an item. */
export type Test =
  | { readonly asks: "text"; readonly value: string; readonly not: boolean }
  | {
      readonly asks: "field";
      /** "kind", "category", or a column's name. */
      readonly field: string;
      readonly comparison: Comparison;
      readonly value: string;
      readonly not: boolean;
    };

/** Parts of a query: a quoted or plain name, a comparison and a value; or a quoted or plain word. */
const parts = /(-?)(?:("[^"]*"|[^\s":=<>]+)(:|<=|>=|=|<|>))?("[^"]*"?|\S+)/gu;

const unquoted = (text: string) => text.replace(/^"|"$/g, "");

/**
 * Reads a query: words that must all be there, `field:value` (holds), `field=value` (is), `field>3` (and <, <=, >=) for
 * "kind", "category" and columns, a minus before what must not be there, quotes around what has spaces. What names no
 * field is a plain text, so that nothing a user types is an error. Texts are compared without regard to case.
 */
export function parseQuery(query: string, columns: readonly string[]): readonly Test[] {
  const fields = new Map(["kind", "category", ...columns].map((name) => [name.toLocaleLowerCase(), name]));
  return Array.from(query.matchAll(parts), ([whole, minus, name, comparison, value]): Test => {
    const not = minus === "-" && whole.length > 1;
    const field = name === undefined ? undefined : fields.get(unquoted(name).toLocaleLowerCase());
    if (field === undefined) {
      const text = unquoted(not ? whole.slice(1) : whole);
      return { asks: "text", value: text.toLocaleLowerCase(), not };
    }
    return {
      asks: "field",
      field,
      comparison: comparison as Comparison,
      value: unquoted(value).toLocaleLowerCase(),
      not,
    };
  });
}

/** Whether an item passes every test. */
export function passes(item: Item, tests: readonly Test[]): boolean {
  return tests.every((test) => {
    const passed = test.asks === "text" ? textOf(item).includes(test.value) : holds(item, test);
    return passed !== test.not;
  });
}

/** All that is said of an item in words, in lower case. */
function textOf({ label, text, category }: Item): string {
  return `${label} ${text ?? ""} ${category ?? ""}`.toLocaleLowerCase();
}

function holds(item: Item, { field, comparison, value }: Extract<Test, { asks: "field" }>): boolean {
  const found = fieldOf(item, field);
  if (found === undefined) return false;
  if (comparison === ":" || comparison === "=") {
    const texts = (field === "kind" ? [item.kind, kindLabels[item.kind]] : [String(found)]).map((each) =>
      each.toLocaleLowerCase(),
    );
    return texts.some((each) => (comparison === "=" ? each === value : each.includes(value)));
  }
  const number = numberOf(found);
  const bound = Number(value);
  if (number === undefined || value === "" || Number.isNaN(bound)) return false;
  if (comparison === "<") return number < bound;
  if (comparison === "<=") return number <= bound;
  return comparison === ">" ? number > bound : number >= bound;
}

function fieldOf(item: Item, field: string): string | number | undefined {
  if (item.columns && Object.hasOwn(item.columns, field)) return item.columns[field];
  if (field === "kind") return item.kind;
  return field === "category" ? item.category : undefined;
}

/** A field and a value as they are written in a query. */
export function written(field: string, comparison: Comparison, value: string): string {
  const quoted = (text: string) => (/[\s":=<>]|^-/.test(text) ? `"${text.replaceAll('"', "")}"` : text);
  return `${quoted(field)}${comparison}${quoted(value)}`;
}
