/** The number written in a field, with a point or a comma before its decimals; undefined when empty, null when it is none. */
export function readNumber(text: string): number | undefined | null {
  const tidy = text.trim().replace("−", "-");
  if (tidy === "") return undefined;
  // A lone comma with other than three digits behind it parts decimals; others group thousands.
  const plain = /^[^,]*,\d{3}(?!\d)|,.*,/.test(tidy) ? tidy.replaceAll(",", "") : tidy.replace(",", ".");
  const value = Number(plain);
  return Number.isFinite(value) ? value : null;
}
