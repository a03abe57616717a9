import { deviceChoices } from "../commands/space";
import { useBench, useWorkbench } from "../context";
import { shown } from "../shown";
import { Ask } from "../ui/Ask";
import { Select } from "../ui/Select";
import styles from "./StatusBar.module.css";

/** What the encoders are asked to run on; shows what they really run on. */
export function DeviceSelect() {
  const workbench = useWorkbench();
  const choice = useBench((state) => state.deviceChoice);
  const used = useBench((state) => state.textEncoder.device);
  const options = deviceChoices.map((option) => ({
    ...option,
    // "WebGPU" need not be said twice.
    side:
      option.value === choice ? used?.title.replace(option.title, "").replace(/^, /, "").trim() : undefined,
    note: option.value === choice ? used?.reason : undefined,
  }));
  return (
    <Select
      label="Device"
      quiet
      value={choice}
      options={options}
      onChange={(value) =>
        shown(workbench.setDevice(value === "webgpu" || value === "wasm" ? value : "auto"))
      }
    />
  );
}

/** How the loaded encoders agree with their references: "MiniLM-L6 matches its reference: 0.9996". */
export function ParityNote() {
  const text = useBench((state) => state.textEncoder);
  const image = useBench((state) => state.imageEncoder);
  const checked = [text, image].filter((encoder) => encoder.parity && encoder.parity.probes > 0);
  return checked.map(({ id, title, parity }) => (
    <Ask key={id} term="parity" detail={`${parity?.probes} probes were read.`}>
      <span className={parity?.matches ? undefined : styles.bad}>
        {title} {parity?.matches ? "matches its reference" : "differs from its reference"}:{" "}
        {parity?.cosine.toFixed(4)}
      </span>
    </Ask>
  ));
}
