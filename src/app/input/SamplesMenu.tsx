import { ChevronDown, Shapes } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useWorkbench } from "../context";
import { CommandItem } from "../ui/CommandItem";
import controls from "../ui/controls.module.css";
import { Menu } from "../ui/Menu";
import menu from "../ui/menu.module.css";
import { phoneQuery, useMedia } from "../ui/useMedia";
import { useSamples } from "./useSamples";

/** The built-in samples, and a fresh start. */
export function SamplesMenu() {
  const workbench = useWorkbench();
  const samples = useSamples();
  const phone = useMedia(phoneQuery);
  return (
    <Menu
      align="start"
      trigger={
        <button
          type="button"
          className={`${controls.button} ${phone ? controls.icon : ""}`}
          aria-label={phone ? "Samples" : undefined}
        >
          {phone ? (
            <Shapes size={20} aria-hidden />
          ) : (
            <>
              Samples <ChevronDown size={14} aria-hidden />
            </>
          )}
        </button>
      }
    >
      {samples.map((sample) => (
        <DropdownMenu.Item
          key={sample.name}
          className={`${menu.item} ${menu.plain}`}
          onSelect={() => void workbench.openSample(sample.name)}
        >
          <span>{sample.title}</span>
          <span className={menu.note}>{sample.description}</span>
        </DropdownMenu.Item>
      ))}
      <DropdownMenu.Separator className={menu.separator} />
      <CommandItem name="add.startEmpty" />
    </Menu>
  );
}
