import { chooseImages, focusWords } from "../input/focus";
import { always, type Command } from "./types";

/** Ways to put items on the map. */
export const addCommands: readonly Command[] = [
  {
    name: "add.words",
    label: "Add words",
    group: "Add",
    shortcut: "/",
    keywords: "type text sentence input",
    enabled: always,
    perform: () => focusWords(),
  },
  {
    name: "add.images",
    label: "Choose images or a table…",
    group: "Add",
    keywords: "open file picture photo csv txt upload",
    enabled: always,
    perform: () => chooseImages(),
  },
  {
    name: "add.startEmpty",
    label: "Start empty",
    group: "Add",
    keywords: "new blank",
    enabled: (state) => state.items.length > 0,
    perform: ({ workbench }) => workbench.startEmpty(),
  },
];

/** One command per built-in sample; made when the samples are known. */
export function sampleCommands(samples: readonly { name: string; title: string }[]): readonly Command[] {
  return samples.map(({ name, title }) => ({
    name: `add.sample.${name}`,
    label: `Open sample: ${title}`,
    group: "Add",
    enabled: always,
    perform: ({ workbench }) => void workbench.openSample(name),
  }));
}
