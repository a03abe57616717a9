import { BoxSelect, Lasso, Minus, Plus } from "lucide-react";
import { lazy, type ReactNode, Suspense } from "react";
import { commandNamed } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useBench, useView } from "../context";
import styles from "./MapPanel.module.css";

const ViewMenu = lazy(() => import("./ViewMenu"));

/** Dimensions, tools that select, fit and zoom, and what else the map can show. */
export function Tools() {
  return (
    <div className={styles.tools} role="toolbar" aria-label="Map tools" data-covers-map>
      <Tool name="map.2d" label="2-D" />
      <Tool name="map.3d" label="3-D" />
      <span className={styles.rule} aria-hidden />
      <Tool name="map.lasso" icon={<Lasso size={14} aria-hidden />} />
      <Tool name="map.box" icon={<BoxSelect size={14} aria-hidden />} />
      <span className={styles.rule} aria-hidden />
      <Tool name="map.fit" label="Fit" />
      <Tool name="map.zoomOut" icon={<Minus size={14} aria-hidden />} />
      <Tool name="map.zoomIn" icon={<Plus size={14} aria-hidden />} />
      <Suspense fallback={<span className={styles.tool} />}>
        <ViewMenu />
      </Suspense>
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
