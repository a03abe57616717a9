/**
 * Fonts about as wide as Inter, for where the theme's own is missing. By name, because vector editors and presentation programs
 * know neither "system-ui" nor, some of them, "sans-serif", and fall back on a serif.
 */
const STAND_INS = ["Helvetica Neue", "Arial", "Liberation Sans"];
/** Names that mean the reader's own sans-serif font. */
const OWN_SANS = /^(system-ui|ui-sans-serif|-apple-system|sans-serif)$/;

/** A CSS list of fonts for a file that is opened elsewhere: what stands in for a sans-serif is named. Others stay as they are. */
export function withFallbacks(font: string): string {
  const names = font.split(",").map((name) => name.trim());
  const named = names.filter((name) => !OWN_SANS.test(name));
  if (named.length === names.length) return font;
  const quoted = STAND_INS.map((name) => (name.includes(" ") ? `"${name}"` : name));
  return [...named, ...quoted.filter((name) => !named.includes(name)), "sans-serif"].join(", ");
}
