import { Check, ChevronDown } from "lucide-react";
import { Select as Radix } from "radix-ui";
import controls from "./controls.module.css";
import menu from "./menu.module.css";
import styles from "./Select.module.css";

export interface SelectOption {
  readonly value: string;
  readonly title: string;
  /** A short number or word beside the title. The default is none. */
  readonly side?: string;
  /** A sentence under the title, in the open list alone. The default is none. */
  readonly note?: string;
  /** What the closed combobox shows. The default is the title. */
  readonly short?: string;
  /** Can't be chosen now; the note should say why. The default is false. */
  readonly disabled?: boolean;
}

interface SelectProps {
  /** The accessible name. */
  readonly label: string;
  /** Quiet words before the value. The default is none. */
  readonly prefix?: string;
  readonly value: string;
  readonly options: readonly SelectOption[];
  onChange(value: string): void;
  /** Without a border, for the status bar. The default is false. */
  readonly quiet?: boolean;
  /** As wide as its place. The default is false. */
  readonly wide?: boolean;
}

/** A combobox that shows its value with a quiet prefix and a number, as the header's do. */
export function Select({ label, prefix, value, options, onChange, quiet, wide }: SelectProps) {
  const chosen = options.find((option) => option.value === value);
  const look = [styles.trigger, quiet ? styles.quiet : controls.outlined, wide ? styles.wide : ""];
  return (
    <Radix.Root value={value} onValueChange={onChange}>
      <Radix.Trigger aria-label={label} className={`${controls.button} ${look.join(" ")}`}>
        {prefix && <span className={styles.prefix}>{prefix}</span>}
        <Radix.Value>
          <span className={styles.title}>{chosen?.short ?? chosen?.title ?? value}</span>
        </Radix.Value>
        {chosen?.side && <span className={styles.side}>{chosen.side}</span>}
        <Radix.Icon className={styles.icon}>
          <ChevronDown size={14} aria-hidden />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={menu.content}
          position="popper"
          side="bottom"
          align="start"
          sideOffset={4}
          collisionPadding={8}
        >
          <Radix.Viewport>
            {options.map((option) => (
              <Radix.Item
                key={option.value}
                value={option.value}
                textValue={option.title}
                disabled={option.disabled}
                className={menu.item}
              >
                <span>
                  <Radix.ItemIndicator>
                    <Check size={14} aria-hidden />
                  </Radix.ItemIndicator>
                </span>
                <Radix.ItemText>{option.title}</Radix.ItemText>
                {option.side && <span className={menu.side}>{option.side}</span>}
                {option.note && <span className={menu.note}>{option.note}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
