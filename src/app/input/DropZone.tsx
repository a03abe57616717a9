import { ImagePlus } from "lucide-react";
import { useApp } from "../context";
import controls from "../ui/controls.module.css";
import { phoneQuery, useMedia } from "../ui/useMedia";
import { imagesFieldId } from "./focus";
import styles from "./InputPanel.module.css";
import { takeFiles } from "./take-files";

/** What the workbench can read; other files get a message of their own. */
const accepted = "image/*,.txt,.csv,text/plain,text/csv";

/** The file input, drawn as a place to drop files on. The whole window takes drops; this one also opens the chooser. */
export function DropZone() {
  const app = useApp();
  const phone = useMedia(phoneQuery);
  return (
    <div className={styles.drop}>
      {phone ? (
        <ImagePlus size={20} aria-hidden />
      ) : (
        <span aria-hidden>
          Drop pictures or a table, or <span className={controls.link}>choose</span>
        </span>
      )}
      <input
        id={imagesFieldId}
        className={styles.file}
        type="file"
        aria-label="Images"
        title="Pictures (PNG, JPEG, WebP, GIF, AVIF), or texts (.txt, .csv)"
        multiple
        accept={accepted}
        onChange={(event) => {
          const files = [...(event.target.files ?? [])];
          event.target.value = "";
          takeFiles(app, files);
        }}
      />
    </div>
  );
}
