import { Tabs } from "radix-ui";
import type { ReactNode } from "react";
import { useApp, useBench, useView } from "../context";
import type { SheetTab } from "../view";
import styles from "./SheetTabs.module.css";

const tabs: readonly { readonly value: SheetTab; readonly title: string }[] = [
  { value: "items", title: "Items" },
  { value: "neighbours", title: "Neighbours" },
  { value: "compare", title: "Compare" },
  { value: "inside", title: "Inside" },
];

interface SheetTabsProps {
  /** What each tab shows. */
  readonly panels: Readonly<Record<SheetTab, ReactNode>>;
}

/** The side panels of a wide screen as tabs of a sheet, one at a time. */
export function SheetTabs({ panels }: SheetTabsProps) {
  const { view } = useApp();
  const tab = useView((state) => state.sheetTab);
  const items = useBench((state) => state.items.length);
  return (
    <Tabs.Root
      className={styles.sheet}
      value={tab}
      onValueChange={(value) => view.setState({ sheetTab: value as SheetTab })}
    >
      <Tabs.List className={styles.tabs} aria-label="Panels">
        {tabs.map(({ value, title }) => (
          <Tabs.Trigger key={value} value={value} className={styles.tab}>
            {title}
            {value === "items" && items > 0 && <span className={styles.count}>{items}</span>}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      {tabs.map(({ value }) => (
        <Tabs.Content key={value} value={value} className={styles.panel} tabIndex={-1}>
          {panels[value]}
        </Tabs.Content>
      ))}
    </Tabs.Root>
  );
}
