import type { Font } from "./methods";

/**
 * The fonts of the page's own style sheets that a CSS family list names: a worker knows none of them, and has to be told
 * where they are. Sheets of other servers can't be read.
 *
 * @param families as CSS writes them: `"Inter", sans-serif`.
 */
export function pageFonts(document: Document, families: string): Font[] {
  const wanted = families.split(",").map(unquoted);
  const fonts: Font[] = [];
  for (const sheet of document.styleSheets) {
    const base = sheet.href ?? document.baseURI;
    for (const rule of rulesOf(sheet)) {
      if (!(rule instanceof CSSFontFaceRule)) continue;
      const read = (name: string) => rule.style.getPropertyValue(name);
      const family = unquoted(read("font-family"));
      if (!wanted.includes(family)) continue;
      fonts.push({
        family,
        source: absolute(read("src"), base),
        descriptors: {
          weight: read("font-weight") || "normal",
          style: read("font-style") || "normal",
          stretch: read("font-stretch") || "normal",
          unicodeRange: read("unicode-range") || "U+0-10FFFF",
        },
      });
    }
  }
  return fonts;
}

function rulesOf(sheet: CSSStyleSheet): Iterable<CSSRule> {
  try {
    return sheet.cssRules;
  } catch {
    // Another server's.
    return [];
  }
}

/** A `src` whose addresses hold wherever it is read. */
function absolute(source: string, base: string): string {
  return source.replace(
    /url\(\s*(["']?)(.*?)\1\s*\)/g,
    (_, _quote, address) => `url(${JSON.stringify(new URL(address, base).href)})`,
  );
}

function unquoted(family: string): string {
  return family.trim().replace(/^(["'])(.*)\1$/, "$2");
}
