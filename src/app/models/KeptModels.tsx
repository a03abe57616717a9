import { Trash2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { forgetModel, type KeptModel, keptModels, type Storage, storageState } from "../../encoders";
import controls from "../ui/controls.module.css";
import { formatMegabytes } from "../ui/numbers";
import styles from "./ModelsDialog.module.css";

/** The models that this browser keeps, and what they take; each can be deleted. */
export function KeptModels() {
  const [kept, setKept] = useState<readonly KeptModel[]>();
  const [storage, setStorage] = useState<Storage>();
  const refresh = useCallback(async () => {
    const [models, state] = await Promise.all([keptModels(), storageState()]);
    setKept(models);
    setStorage(state);
  }, []);
  useEffect(() => void refresh().catch(() => setKept([])), [refresh]);
  return (
    <section aria-label="Kept models">
      <h3 className={styles.heading}>Kept in this browser</h3>
      {kept?.length === 0 && (
        <p className={styles.note}>None yet. What is fetched is kept, and opens again without a network.</p>
      )}
      <ul className={styles.kept}>
        {kept?.map(({ id, bytes, files, commit }) => (
          <li key={`${id} ${commit}`}>
            <span className={styles.grow}>{id}</span>
            <span className={controls.number}>
              {formatMegabytes(bytes)}
              {files.some((file) => file.bytes < file.total) && ", not complete"}
            </span>
            <button
              type="button"
              className={`${controls.button} ${controls.icon}`}
              aria-label={`Delete ${id}`}
              title={`Delete ${id}`}
              onClick={() => void forgetModel(id).then(refresh)}
            >
              <Trash2 size={14} aria-hidden />
            </button>
          </li>
        ))}
      </ul>
      {storage?.usage !== undefined && storage.quota !== undefined && (
        <p className={styles.note}>
          The page keeps {formatMegabytes(storage.usage)} of {formatMegabytes(storage.quota)}.
        </p>
      )}
    </section>
  );
}
