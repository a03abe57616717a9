import { Check, ChevronRight } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useApp, useBench, useView } from "../context";
import { CommandItem } from "../ui/CommandItem";
import controls from "../ui/controls.module.css";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { formatItems } from "../ui/numbers";

/** Saves what is on the map. */
export function ExportMenu() {
  const items = useBench((state) => state.items.length);
  const selected = useBench((state) => state.selection.length);
  return (
    <Menu
      trigger={
        <button type="button" className={`${controls.button} ${controls.primary}`}>
          Export
        </button>
      }
    >
      <CommandItem name="export.csv.all" note="Labels, coordinates and every number of each vector.">
        Everything as CSV · {formatItems(items)}
      </CommandItem>
      <CommandItem name="export.csv.selection">Selection as CSV · {formatItems(selected)}</CommandItem>
      <DropdownMenu.Separator className={menu.separator} />
      <Pictures />
    </Menu>
  );
}

const themes = [
  { value: "shown", title: "As on the screen" },
  { value: "light", title: "Light" },
  { value: "dark", title: "Dark" },
] as const;

/** The map as it is drawn now, for a paper or a slide. */
function Pictures() {
  const { view } = useApp();
  const theme = useView((state) => state.pictureTheme) ?? "shown";
  const enabled = useView((state) => state.map !== null);
  return (
    <>
      <DropdownMenu.Sub>
        <DropdownMenu.SubTrigger className={`${menu.item} ${menu.plain}`} disabled={!enabled}>
          <span>Map as PNG</span>
          <ChevronRight size={14} aria-hidden />
        </DropdownMenu.SubTrigger>
        <DropdownMenu.Portal>
          <DropdownMenu.SubContent className={menu.content} sideOffset={2} collisionPadding={8}>
            {[1, 2, 3, 4].map((scale) => (
              <CommandItem key={scale} name={`export.png.${scale}`}>
                {scale}× {scale === 1 ? "as on the screen" : ""}
              </CommandItem>
            ))}
          </DropdownMenu.SubContent>
        </DropdownMenu.Portal>
      </DropdownMenu.Sub>
      <CommandItem name="export.svg" note="Labels stay text, points stay shapes.">
        Map as SVG
      </CommandItem>
      <DropdownMenu.Label className={menu.label}>Colours of the picture</DropdownMenu.Label>
      <DropdownMenu.RadioGroup
        value={theme}
        onValueChange={(value) =>
          view.setState({ pictureTheme: value === "light" || value === "dark" ? value : null })
        }
      >
        {themes.map(({ value, title }) => (
          <DropdownMenu.RadioItem
            key={value}
            value={value}
            className={menu.item}
            // The menu stays: the choice is made for the picture that is saved next.
            onSelect={(event) => event.preventDefault()}
          >
            <span>
              <DropdownMenu.ItemIndicator>
                <Check size={14} aria-hidden />
              </DropdownMenu.ItemIndicator>
            </span>
            {title}
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}
