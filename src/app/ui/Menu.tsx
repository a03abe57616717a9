import { DropdownMenu } from "radix-ui";
import type { ComponentProps, ReactElement, ReactNode } from "react";
import menu from "./menu.module.css";

interface MenuProps
  extends Pick<ComponentProps<typeof DropdownMenu.Content>, "align" | "sideOffset" | "onCloseAutoFocus"> {
  /** The button that opens it. */
  readonly trigger: ReactElement;
  readonly children: ReactNode;
}

/**
 * A menu below its button; the page beside it stays in use. The default is that it ends where the button ends, 4 pixels
 * below it.
 */
export function Menu({ trigger, align = "end", sideOffset = 4, onCloseAutoFocus, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={menu.content}
          align={align}
          sideOffset={sideOffset}
          collisionPadding={8}
          onCloseAutoFocus={onCloseAutoFocus}
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
