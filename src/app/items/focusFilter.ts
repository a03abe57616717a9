import { createRef } from "react";

/** The field that searches the list of items, while it is on the page. */
export const filterField = createRef<HTMLInputElement>();

/** Puts the cursor into the field that searches the list. */
export function focusFilter(): void {
  filterField.current?.focus();
  filterField.current?.select();
}
