import { type FormEvent, useEffect, useState } from "react";
import { type ErrorReport, isCancelled, reportError } from "../../core/errors";
import { type ModelSource, parseHubId, type ResolvedModel, resolveModel } from "../../encoders";
import { useApp, useView } from "../context";
import { droppedFiles } from "../input/dropped";
import controls from "../ui/controls.module.css";
import { Dialog } from "../ui/Dialog";
import { FoundModel } from "./FoundModel";
import { HubSetting } from "./HubSetting";
import { KeptModels } from "./KeptModels";
import styles from "./ModelsDialog.module.css";
import { Presets } from "./Presets";

type Asked = Exclude<ModelSource, { readonly from: "page" }>;

/** Any encoder: one of the Hub, by choice or by id, or one of the user's own files. Nothing is fetched unasked, nothing kept of what is only looked at. */
export default function ModelsDialog() {
  const [id, setId] = useState("");
  const [looking, setLooking] = useState<AbortController>();
  const [found, setFound] = useState<ResolvedModel>();
  const [error, setError] = useState<ErrorReport>();

  const look = async (source: () => Asked) => {
    looking?.abort();
    const mine = new AbortController();
    setLooking(mine);
    setFound(undefined);
    setError(undefined);
    try {
      const model = await resolveModel(source(), { signal: mine.signal, keep: false });
      if (!mine.signal.aborted) setFound(model);
    } catch (thrown) {
      if (!mine.signal.aborted && !isCancelled(thrown)) setError(reportError(thrown));
    } finally {
      setLooking((current) => (current === mine ? undefined : current));
    }
  };
  const lookAt = (typed: string) => look(() => ({ from: "hub", ...parseHubId(typed) }));
  const open = (files: readonly File[]) => {
    if (files.length === 0) return;
    const model = files.find(({ name }) => name.endsWith(".onnx")) ?? files[0];
    // A folder is called as the model is, its files as all models' are.
    const [folder, ...inside] = model.webkitRelativePath.split("/");
    const name = inside.length > 0 ? folder : model.name.replace(/\.onnx$/, "");
    void look(() => ({ from: "files", name, files }));
  };
  // Dropped or chosen elsewhere on the page.
  const { view } = useApp();
  const handedOver = useView((state) => state.modelFiles);
  useEffect(() => {
    if (!handedOver) return;
    view.setState({ modelFiles: null });
    open(handedOver);
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (id.trim()) void lookAt(id);
  };

  return (
    <Dialog title="More encoders">
      <div className={styles.stack}>
        <form className={styles.row} onSubmit={submit}>
          <input
            className={controls.field}
            aria-label="Hub model id"
            placeholder="organisation/name"
            autoComplete="off"
            spellCheck={false}
            value={id}
            onChange={(event) => setId(event.target.value)}
          />
          <button type="submit" className={`${controls.button} ${controls.outlined}`} disabled={!id.trim()}>
            Look it up
          </button>
        </form>
        <div className={styles.drop}>
          <span aria-hidden>
            Or your own: drop a model’s folder, or model.onnx with its tokenizer.json, config.json …; or{" "}
            <span className={controls.link}>choose</span> the files
          </span>
          <input
            type="file"
            multiple
            aria-label="Model files"
            onDragOver={(event) => event.preventDefault()}
            onDrop={(event) => {
              event.preventDefault();
              // The window would take them for things to add to the map.
              event.stopPropagation();
              window.dispatchEvent(new Event("dragend"));
              droppedFiles(event.dataTransfer).then(open, (thrown) => setError(reportError(thrown)));
            }}
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = "";
              open(files);
            }}
          />
        </div>
        <div aria-live="polite">
          {looking && <p className={styles.note}>Looking at the model …</p>}
          {error && (
            <p className={styles.error} role="alert">
              <strong>{error.message}</strong> {error.advice}
            </p>
          )}
          {found && <FoundModel key={`${found.id} ${found.commit}`} model={found} />}
        </div>
        <Presets
          onChoose={(preset) => {
            setId(preset);
            void lookAt(preset);
          }}
        />
        <KeptModels />
        <HubSetting />
      </div>
    </Dialog>
  );
}
