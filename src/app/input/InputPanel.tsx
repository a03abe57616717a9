import { type KeyboardEvent, useState } from "react";
import { useWorkbench } from "../context";
import { shown } from "../shown";
import controls from "../ui/controls.module.css";
import { phoneQuery, useMedia } from "../ui/useMedia";
import { DropZone } from "./DropZone";
import { wordsFieldId } from "./focus";
import styles from "./InputPanel.module.css";
import { SamplesMenu } from "./SamplesMenu";
import { splitInput } from "./split";

/** Where words, sentences and files come in. */
export function InputPanel() {
  const workbench = useWorkbench();
  const phone = useMedia(phoneQuery);
  const [draft, setDraft] = useState("");
  const texts = splitInput(draft);
  // It stands where the samples are offered otherwise, so that nothing moves while somebody types.
  const showsHint = draft !== "" && !phone;

  const add = () => {
    // A blank draft goes through as well: the workbench answers it with a message that can be read.
    shown(workbench.addTexts(texts.length > 0 ? texts : [draft]));
    setDraft("");
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    add();
  };

  return (
    <section className={styles.panel} aria-label="Add items">
      <textarea
        id={wordsFieldId}
        className={styles.words}
        aria-label="Words or sentences"
        aria-describedby="words-hint"
        placeholder={phone ? "Add words…" : "Words or sentences: one per line, or separated by commas"}
        rows={phone ? 1 : 2}
        value={draft}
        spellCheck={false}
        onChange={(event) => setDraft(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <p id="words-hint" className={showsHint ? styles.hint : controls.hidden}>
        {draft
          ? hintFor(texts.length, draft.includes("\n"))
          : "Enter adds, Shift and Enter begin a new line."}
      </p>
      <button type="button" className={`${controls.button} ${controls.primary} ${styles.add}`} onClick={add}>
        Add
      </button>
      {!showsHint && (
        <div className={styles.samples}>
          <SamplesMenu />
        </div>
      )}
      <DropZone />
    </section>
  );
}

function hintFor(count: number, lines: boolean): string {
  const what = count === 1 ? "one item" : `${count} items`;
  if (lines && count > 1) return `Enter adds ${what}, one a line; commas stay.`;
  if (count > 1) return `Enter adds ${what}. Lines (Shift+Enter) keep commas.`;
  return `Enter adds ${what}. Shift+Enter begins a line.`;
}
