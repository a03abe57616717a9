/**
 * Turns what was typed or pasted into texts. Several lines: one text per line, commas kept. One line: texts separated
 * by commas, where double quotes keep a comma inside a text ("salt, pepper", vinegar). Blank parts are left out.
 */
export function splitInput(input: string): string[] {
  const lines = tidy(input.split(/\r\n|[\n\r\u2028\u2029]/));
  return lines.length === 1 ? tidy(splitCommas(lines[0])) : lines;
}

/** Splits at the commas outside double quotes; a quote that is never closed is an ordinary character. */
function splitCommas(line: string): string[] {
  const parts = line.match(/\s*"[^"]*"\s*(?=,|$)|[^,]+/g) ?? [];
  return parts.map((part) => part.trim().replace(/^"(.*)"$/, "$1"));
}

function tidy(parts: readonly string[]): string[] {
  return parts.map((part) => part.trim()).filter((part) => part !== "");
}
