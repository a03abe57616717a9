import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { type Term, terms } from "../help/terms";
import styles from "./Ask.module.css";

interface AskProps {
  /** What is asked about. */
  readonly term: Term;
  readonly children: ReactNode;
  /** A sentence about this very number, after the general one. The default is none. */
  readonly detail?: string;
  readonly className?: string;
}

/** A number or word that says what it means when it is hovered, focused or touched. */
export function Ask({ term, children, detail, className = "" }: AskProps) {
  const [open, setOpen] = useState(false);
  return (
    <Tooltip.Root open={open} onOpenChange={setOpen} delayDuration={250}>
      <Tooltip.Trigger
        className={`${styles.ask} ${className}`}
        onPointerDown={(event) => event.preventDefault()}
        onClick={(event) => {
          event.preventDefault();
          event.currentTarget.focus();
          setOpen(true);
        }}
      >
        {children}
      </Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content className={styles.bubble} sideOffset={6} collisionPadding={8}>
          <strong>{terms[term].title}</strong> {terms[term].meaning} {detail}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}
