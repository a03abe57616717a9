import { Minus, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { commandNamed } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useBench, useView } from "../context";
import styles from "./MapPanel.module.css";

/** Dimensions, lasso, fit and zoom. */
export function Tools() {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Map tools">
      <Tool name="map.2d" label="2-D" />
      <Tool name="map.3d" label="3-D" />
      <Tool name="map.lasso" label="Lasso" />
      <Tool name="map.fit" label="Fit" />
      <span className={styles.rule} aria-hidden />
      <Tool name="map.zoomOut" icon={<Minus size={14} aria-hidden />} />
      <Tool name="map.zoomIn" icon={<Plus size={14} aria-hidden />} />
    </div>
  );
}

interface ToolProps {
  /** The command's name. */
  readonly name: string;
  readonly label?: string;
  readonly icon?: ReactNode;
}

function Tool({ name, label, icon }: ToolProps) {
  const run = useRun();
  const command = commandNamed(name);
  const view = useView((state) => state);
  const enabled = useBench((state) => command.enabled(state, view));
  const current = useBench((state) => command.current?.(state, view));
  const hint = command.shortcut ? ` (${formatShortcut(command.shortcut, onApple)})` : "";
  return (
    <button
      type="button"
      className={styles.tool}
      data-name={name}
      aria-label={label ? undefined : command.label}
      aria-pressed={current}
      title={`${command.label}${hint}`}
      disabled={!enabled}
      onClick={() => run(name)}
    >
      {icon ?? label}
    </button>
  );
}
