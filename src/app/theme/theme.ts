/** What the user asked for; "system" follows the operating system. */
export type ThemeChoice = "system" | "light" | "dark";

/** Also read by the script in index.html that runs before the first paint. */
const storageKey = "nearfield.theme";

/** The remembered choice; "system" where none was made or storage is closed. */
export function rememberedTheme(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system";
  }
}

/** Shows a theme at once and remembers it for the next visit. */
export function applyTheme(choice: ThemeChoice): void {
  if (choice === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  try {
    if (choice === "system") localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // Storage is closed in some private windows: the choice then lasts as long as the page.
  }
}

const darkQuery = "(prefers-color-scheme: dark)";

/** The theme that is drawn for a choice. */
export function resolveTheme(choice: ThemeChoice): "light" | "dark" {
  if (choice !== "system") return choice;
  return matchMedia(darkQuery).matches ? "dark" : "light";
}

/** Calls back when the operating system changes its theme; returns a function that stops it. */
export function onSystemTheme(listener: () => void): () => void {
  const query = matchMedia(darkQuery);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}
