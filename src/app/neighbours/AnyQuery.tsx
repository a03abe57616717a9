import { CornerDownLeft, ImageUp, X } from "lucide-react";
import { type DragEvent, type FormEvent, useId, useState } from "react";
import { useApp, useView } from "../context";
import controls from "../ui/controls.module.css";
import { useObjectUrl } from "../ui/useObjectUrl";
import styles from "./NeighboursPanel.module.css";

/** Ranks the items by likeness to a text or a picture that need not be on the map. */
export function AnyQuery() {
  const { view } = useApp();
  const typed = useView((state) => state.typedQuery);
  const picture = useView((state) => state.pictureQuery);
  const [draft, setDraft] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    view.setState({ typedQuery: draft.trim(), pictureQuery: null });
  };
  const clear = () => {
    setDraft("");
    view.setState({ typedQuery: "", pictureQuery: null });
  };
  const ask = (file: File | undefined) => {
    if (!file?.type.startsWith("image/")) return false;
    setDraft("");
    view.setState({ pictureQuery: file, typedQuery: "" });
    return true;
  };
  const onDrop = (event: DragEvent) => {
    if (!ask(event.dataTransfer.files[0])) return;
    event.preventDefault();
    // The window would add it to the map; here it only asks.
    event.stopPropagation();
    window.dispatchEvent(new Event("dragend"));
  };
  const isAsked = picture !== null || (typed !== "" && draft.trim() === typed);
  return (
    <form
      className={styles.any}
      onSubmit={submit}
      onDrop={onDrop}
      onDragOver={(event) => event.preventDefault()}
    >
      {picture ? (
        <Picture file={picture} />
      ) : (
        <input
          className={controls.field}
          aria-label="Neighbours of any word"
          placeholder="Neighbours of any word…"
          value={draft}
          onChange={(event) => setDraft(event.target.value)}
          onKeyDown={(event) => event.key === "Escape" && clear()}
        />
      )}
      {!isAsked && <PictureField onChoose={ask} />}
      {isAsked ? (
        <button
          type="button"
          className={`${controls.button} ${controls.icon}`}
          aria-label="Back to the selection's neighbours"
          onClick={clear}
        >
          <X size={15} aria-hidden />
        </button>
      ) : (
        <button
          type="submit"
          className={`${controls.button} ${controls.icon}`}
          aria-label="Find neighbours"
          disabled={!draft.trim()}
        >
          <CornerDownLeft size={15} aria-hidden />
        </button>
      )}
    </form>
  );
}

/** Chooses a picture to search by. */
function PictureField({ onChoose }: { onChoose(file: File | undefined): void }) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={`${controls.button} ${controls.icon} ${styles.chooser}`}
      title="Neighbours of a picture: choose one, or drop it here"
    >
      <ImageUp size={15} aria-hidden />
      <input
        id={id}
        type="file"
        accept="image/*"
        aria-label="Neighbours of a picture"
        onChange={(event) => {
          const [file] = event.target.files ?? [];
          event.target.value = "";
          onChoose(file);
        }}
      />
    </label>
  );
}

function Picture({ file }: { readonly file: File }) {
  const url = useObjectUrl(file);
  return (
    <span className={styles.asked}>
      {url && <img src={url} alt="" />}
      <span>{file.name}</span>
    </span>
  );
}
