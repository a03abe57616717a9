import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useApp } from "../context";
import controls from "./controls.module.css";
import styles from "./dialog.module.css";

/** A window over the page with a title and a way out. It is open for as long as it is mounted. */
export function Dialog({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { view } = useApp();
  return (
    <Radix.Root open onOpenChange={(open) => !open && view.setState({ dialog: null })}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content className={styles.dialog} aria-describedby={undefined}>
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close className={`${controls.button} ${controls.icon}`} aria-label="Close">
              <X size={16} aria-hidden />
            </Radix.Close>
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <section className={styles.body} aria-label={title} tabIndex={0}>
            {children}
          </section>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
