import { DropdownMenu } from "radix-ui";
import { useBench } from "../context";
import { CommandItem } from "../ui/CommandItem";
import controls from "../ui/controls.module.css";
import menu from "../ui/menu.module.css";
import { formatItems } from "../ui/numbers";

/** Saves what is on the map. */
export function ExportMenu() {
  const items = useBench((state) => state.items.length);
  const selected = useBench((state) => state.selection.length);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={`${controls.button} ${controls.primary}`}>Export</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={4} collisionPadding={8}>
          <CommandItem name="export.csv.all" note="Labels, coordinates and every number of each vector.">
            Everything as CSV · {formatItems(items)}
          </CommandItem>
          <CommandItem name="export.csv.selection">Selection as CSV · {formatItems(selected)}</CommandItem>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
