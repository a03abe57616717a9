import { useEffect, useState } from "react";
import { useApp } from "../context";
import { shown } from "../shown";
import { filesOrFolders } from "./dropped";
import styles from "./InputPanel.module.css";
import { splitInput } from "./split";
import { takeFiles } from "./take-files";

/**
 * Takes what is dropped or pasted anywhere in the page: files and what folders hold become images or tables, a model is
 * shown in the dialog of encoders, text becomes words. Pasting into a field stays with the field, unless what is pasted is
 * a file.
 */
export function WindowDrop() {
  const app = useApp();
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    const take = (data: DataTransfer | null): boolean => {
      if (data && data.files.length > 0) {
        shown(filesOrFolders(data).then((files) => takeFiles(app, files)));
        return true;
      }
      const texts = splitInput(data?.getData("text/plain") ?? "");
      if (texts.length > 0) shown(app.workbench.addTexts(texts));
      return texts.length > 0;
    };
    const carries = (event: DragEvent) =>
      event.dataTransfer?.types.some((type) => type === "Files" || type === "text/plain") ?? false;

    const onDragOver = (event: DragEvent) => {
      if (!carries(event)) return;
      event.preventDefault();
      setDragging(true);
    };
    const onDragLeave = (event: DragEvent) => {
      // The pointer left the window when there is no element it went to.
      if (event.relatedTarget === null) setDragging(false);
    };
    const onDrop = (event: DragEvent) => {
      setDragging(false);
      if (carries(event)) event.preventDefault();
      take(event.dataTransfer);
    };
    const onDragEnd = () => setDragging(false);
    const onPaste = (event: ClipboardEvent) => {
      const field =
        event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]");
      if (field && (event.clipboardData?.files.length ?? 0) === 0) return;
      if (take(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener("dragover", onDragOver);
    window.addEventListener("dragleave", onDragLeave);
    window.addEventListener("drop", onDrop);
    window.addEventListener("dragend", onDragEnd);
    window.addEventListener("paste", onPaste);
    return () => {
      window.removeEventListener("dragover", onDragOver);
      window.removeEventListener("dragleave", onDragLeave);
      window.removeEventListener("drop", onDrop);
      window.removeEventListener("dragend", onDragEnd);
      window.removeEventListener("paste", onPaste);
    };
  }, [app]);

  // What takes drops of its own stays in sight above the veil.
  useEffect(() => {
    document.documentElement.toggleAttribute("data-dragging", dragging);
  }, [dragging]);

  if (!dragging) return null;
  return (
    <div className={styles.overlay} aria-hidden>
      <strong>Drop to add</strong>
      Pictures, texts, a table or an encoder (.onnx)
    </div>
  );
}
