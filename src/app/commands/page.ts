import { resolveTheme } from "../theme/theme";
import { always, type Command } from "./types";

/** The page itself: palette, theme, help. */
export const pageCommands: readonly Command[] = [
  {
    name: "page.palette",
    label: "Search or run a command",
    group: "Page",
    shortcut: "Mod+K",
    enabled: always,
    perform: ({ view }) =>
      view.setState(({ dialog }) => ({ dialog: dialog === "palette" ? null : "palette" })),
  },
  {
    name: "page.theme",
    label: "Switch between light and dark",
    group: "Page",
    keywords: "theme appearance night",
    enabled: always,
    perform: ({ view }) =>
      view.setState(({ theme }) => ({ theme: resolveTheme(theme) === "dark" ? "light" : "dark" })),
  },
  {
    name: "page.systemTheme",
    label: "Follow the system's theme",
    group: "Page",
    keywords: "light dark appearance",
    enabled: always,
    current: (_, view) => view.theme === "system",
    perform: ({ view }) => view.setState({ theme: "system" }),
  },
  {
    name: "page.inside",
    label: "Look inside the encoder",
    group: "Page",
    shortcut: "E",
    keywords: "layers taps pooling tokens patches scrubber network",
    enabled: always,
    current: (_, view) => view.insideOpen,
    perform: ({ view }) =>
      view.setState(({ insideOpen }) => ({ insideOpen: !insideOpen, sheetTab: "inside" })),
  },
  {
    name: "page.models",
    label: "More encoders",
    group: "Page",
    keywords: "hub hugging face model files onnx download kept clip dino bert",
    enabled: always,
    perform: ({ view }) => view.setState({ dialog: "models" }),
  },
  {
    name: "page.help",
    label: "Shortcuts and what the numbers mean",
    group: "Page",
    shortcut: "?",
    keywords: "help keyboard glossary",
    enabled: always,
    perform: ({ view }) => view.setState({ dialog: "help" }),
  },
];
