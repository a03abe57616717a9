/** Where the setting is kept. */
const KEY = "nearfield.hub";

/** The Hub everyone uses. */
export const DEFAULT_HUB = "https://huggingface.co";

/** The address of the Hub that models are looked for on, without a slash at the end: a setting of this browser. */
export function hubHost(): string {
  try {
    return normaliseHost(localStorage.getItem(KEY) ?? "") ?? DEFAULT_HUB;
  } catch {
    // Storage may be blocked; the setting is then not there.
    return DEFAULT_HUB;
  }
}

/**
 * Chooses another Hub, such as a mirror; an empty text goes back to the usual one. Gives back false, and changes nothing,
 * when the text is no http or https address.
 */
export function setHubHost(text: string): boolean {
  const host = normaliseHost(text);
  if (text.trim() !== "" && host === undefined) return false;
  try {
    if (host === undefined || host === DEFAULT_HUB) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, host);
  } catch {
    return false;
  }
  return true;
}

/** An address without query and without a slash at the end; undefined when it is no http or https address. */
function normaliseHost(text: string): string | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const { protocol, origin, pathname } = new URL(text.trim());
  return /^https?:$/.test(protocol) ? `${origin}${pathname.replace(/\/+$/, "")}` : undefined;
}
