import { useState } from "react";
import { DEFAULT_HUB, hubHost, setHubHost } from "../../encoders";
import controls from "../ui/controls.module.css";
import styles from "./ModelsDialog.module.css";

/** Where models are looked for: the Hub, or a mirror of it. */
export function HubSetting() {
  const [draft, setDraft] = useState(hubHost);
  const [refused, setRefused] = useState(false);
  const commit = () => {
    const taken = setHubHost(draft);
    setRefused(!taken);
    if (taken) setDraft(hubHost());
  };
  return (
    <label className={styles.setting}>
      <span>Hub address</span>
      <input
        className={controls.field}
        aria-invalid={refused}
        spellCheck={false}
        placeholder={DEFAULT_HUB}
        value={draft}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => event.key === "Enter" && commit()}
      />
      {refused && <span className={styles.error}>Write it as an address, such as {DEFAULT_HUB}.</span>}
    </label>
  );
}
