import { Table2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Item, TokenPart } from "../../collection/types";
import { useColours } from "../colours/useColours";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./InsidePanel.module.css";
import { usePartsOf } from "./useParts";

const TokenMatrix = lazy(() => import("./TokenMatrix"));

/** A text as its encoder reads it: one chip for each token, tied to the token's point on the map. */
export function TokenView({ text }: { readonly text: Item }) {
  const workbench = useWorkbench();
  const tokens = usePartsOf(text);
  const hovered = useBench((state) => state.hovered);
  const selection = useBench((state) => state.selection);
  const colours = useColours();
  const [open, setOpen] = useState(false);
  return (
    <div className={styles.tokens}>
      <div className={styles.text}>
        <span title={text.text}>{text.text}</span>
        <button
          type="button"
          className={`${controls.button} ${controls.icon}`}
          aria-label={`Numbers of the tokens of ${text.label}`}
          title="The numbers: tokens × dimensions"
          disabled={tokens.length === 0}
          onClick={() => setOpen(true)}
        >
          <Table2 size={14} aria-hidden />
        </button>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would be a form's */}
      <div role="group" aria-label={`Tokens of ${text.label}`} className={styles.chips}>
        {tokens.map((item) => {
          const part = item.part as TokenPart;
          return (
            <button
              type="button"
              key={item.id}
              className={styles.chip}
              data-special={part.special || undefined}
              data-hovered={item.id === hovered || undefined}
              aria-pressed={selection.includes(item.id)}
              style={{ borderColor: part.special ? undefined : colours.css(item) }}
              onPointerEnter={() => workbench.hover(item.id)}
              onPointerLeave={() => workbench.hover(null)}
              onFocus={() => workbench.hover(item.id)}
              onBlur={() => workbench.hover(null)}
              onClick={() => workbench.select([item.id])}
            >
              {part.token}
            </button>
          );
        })}
      </div>
      {open && (
        <Suspense>
          <TokenMatrix text={text} tokens={tokens} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
