import { ListFilter } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Item } from "../../collection/types";
import { columnsOf, numberIn } from "../colours/columns";
import { kindLabels } from "../colours/legend";
import { useApp, useBench } from "../context";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { formatCount, formatNumber } from "../ui/numbers";
import { focusFilter } from "./focusFilter";
import { type Comparison, written } from "./query";

/** More values of one field than this are quicker to type than to look through. */
const mostValues = 40;
/** Longer values are cut in the menu. */
const longestValue = 40;

/** A field of the items with what it holds. */
interface Field {
  readonly name: string;
  /** Its values with their counts, most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** The ends of a field of numbers. */
  readonly range?: readonly [number, number];
}

/** Narrows the list down by what is known of the items; what is chosen is written into the field, where it can be changed. */
export default function FieldsMenu() {
  return (
    <Menu
      onCloseAutoFocus={(event) => event.preventDefault()}
      trigger={
        <button type="button" aria-label="Filter by field" title="Filter by kind, category or column">
          <ListFilter size={14} aria-hidden />
        </button>
      }
    >
      <Fields />
    </Menu>
  );
}

function Fields() {
  const { view } = useApp();
  const items = useBench((state) => state.items);
  const add = (field: string, comparison: Comparison, value: string) => {
    view.setState(({ filter }) => ({
      filter: `${filter.trim()} ${written(field, comparison, value)}`.trim(),
      filterIsPattern: false,
    }));
    // After the menu has closed and given up the focus.
    setTimeout(focusFilter, 0);
  };
  return fieldsOf(items).map(({ name, values, range }) => (
    <DropdownMenu.Sub key={name}>
      <DropdownMenu.SubTrigger className={`${menu.item} ${menu.plain}`}>
        <span>{name}</span>
        <span className={menu.side}>{range ? "numbers" : formatCount(values.length)}</span>
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent className={menu.content} sideOffset={2} collisionPadding={8}>
          {range && (
            <>
              <DropdownMenu.Item
                className={`${menu.item} ${menu.plain}`}
                onSelect={() => add(name, ">=", middle(range))}
              >
                <span>at least …</span>
                <span className={menu.side}>up to {formatNumber(range[1])}</span>
              </DropdownMenu.Item>
              <DropdownMenu.Item
                className={`${menu.item} ${menu.plain}`}
                onSelect={() => add(name, "<=", middle(range))}
              >
                <span>at most …</span>
                <span className={menu.side}>from {formatNumber(range[0])}</span>
              </DropdownMenu.Item>
            </>
          )}
          {values.slice(0, mostValues).map(({ value, count }) => (
            <DropdownMenu.Item
              key={value}
              className={`${menu.item} ${menu.plain}`}
              onSelect={() => add(name, "=", value)}
            >
              <span>{value.length > longestValue ? `${value.slice(0, longestValue)}…` : value}</span>
              <span className={menu.side}>{formatCount(count)}</span>
            </DropdownMenu.Item>
          ))}
          {values.length > mostValues && (
            <DropdownMenu.Label className={menu.label}>
              and {formatCount(values.length - mostValues)} more: type {name}:…
            </DropdownMenu.Label>
          )}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  ));
}

const middle = ([low, high]: readonly [number, number]) => String(Number(((low + high) / 2).toPrecision(3)));

function fieldsOf(items: readonly Item[]): readonly Field[] {
  const fields: Field[] = [
    { name: "kind", values: counted(items, ({ kind }) => kindLabels[kind]) },
    { name: "category", values: counted(items, ({ category }) => category) },
  ];
  for (const { name, holds } of columnsOf(items)) {
    if (holds === "texts") {
      fields.push({ name, values: counted(items, ({ columns }) => columns?.[name]?.toString()) });
      continue;
    }
    const numbers = items.flatMap((item) => numberIn(item, name) ?? []);
    const range = numbers.reduce<readonly [number, number]>(
      ([low, high], value) => [Math.min(low, value), Math.max(high, value)],
      [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    );
    fields.push({ name, values: [], range });
  }
  return fields.filter(({ values, range }) => range !== undefined || values.length > 0);
}

function counted(items: readonly Item[], of: (item: Item) => string | undefined): Field["values"] {
  const counts = new Map<string, number>();
  for (const item of items) {
    const value = of(item);
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => ({ value, count }));
}
