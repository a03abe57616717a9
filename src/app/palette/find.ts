import type { Command } from "../commands/types";

/**
 * The commands a query may mean, in the order given. Every word of the query must begin a word of the command's label,
 * group or keywords, so that "exp csv" finds the exports and "ex" does not find "next".
 */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const wanted = words(query);
  if (wanted.length === 0) return commands;
  return commands.filter((command) => {
    const offered = words(`${command.label} ${command.group} ${command.keywords ?? ""}`);
    return wanted.every((word) => offered.some((each) => each.startsWith(word)));
  });
}

function words(text: string): readonly string[] {
  return text.toLocaleLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
