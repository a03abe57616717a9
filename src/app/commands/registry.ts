import { addCommands } from "./add";
import { editCommands } from "./edit";
import { exportCommands } from "./export";
import { mapCommands } from "./map";
import { pageCommands } from "./page";
import { spaceCommands } from "./space";
import type { Command, CommandTarget } from "./types";

/** Every command of the page, in the order of menus. Menus, shortcuts and the palette read this and nothing else. */
export const commands: readonly Command[] = [
  ...addCommands,
  ...editCommands,
  ...mapCommands,
  ...spaceCommands,
  ...exportCommands,
  ...pageCommands,
];

const byName = new Map(commands.map((command) => [command.name, command]));

/** The command with this name. Throws `RangeError` when there is none. */
export function commandNamed(name: string): Command {
  const command = byName.get(name);
  if (!command) throw new RangeError(`no command is named ${name}`);
  return command;
}

/** Performs a command if it can be performed now; returns whether it was. */
export function perform(command: Command, target: CommandTarget): boolean {
  if (!command.enabled(target.workbench.state.getState(), target.view.getState())) return false;
  command.perform(target);
  return true;
}
