/** Numbers printed at each end of an abbreviated row. */
const atEachEnd = 3;

/** A vector as matrices are printed: its first and last numbers with an ellipsis between, four decimals each. */
export function shortRow(vector: Float32Array): readonly string[] {
  const print = (value: number) => value.toFixed(4).replace("-", "−");
  if (vector.length <= 2 * atEachEnd + 1) return Array.from(vector, print);
  const first = Array.from(vector.subarray(0, atEachEnd), print);
  return [...first, "…", ...Array.from(vector.subarray(-atEachEnd), print)];
}

/**
 * Tokens × dimensions as a table of text, a header line first; every number to the digits a float32 has. Cells that
 * hold the separator, a quote or a line break are quoted (RFC 4180).
 */
export function matrixText(
  rows: readonly { readonly token: string; readonly vector: Float32Array }[],
  separator: "," | "\t",
): string {
  const quote = (cell: string) =>
    /["\n\r]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
  const dimensions = Array.from({ length: rows[0]?.vector.length ?? 0 }, (_, index) => String(index));
  const lines = rows.map(({ token, vector }) =>
    [quote(token), ...Array.from(vector, (value) => String(Number(value.toPrecision(9))))].join(separator),
  );
  return `${[["token", ...dimensions].join(separator), ...lines].join("\r\n")}\r\n`;
}
