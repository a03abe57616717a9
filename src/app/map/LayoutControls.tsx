import { Pause, Play, RotateCcw, Square } from "lucide-react";
import type { ReactNode } from "react";
import { commandNamed } from "../commands/registry";
import { formatShortcut } from "../commands/shortcuts";
import { onApple, useRun } from "../commands/useShortcuts";
import { useBench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./LayoutControls.module.css";

/** Pause, resume and stop a layout that takes a while; start one again that was stopped. */
export default function LayoutControls() {
  const isPaused = useBench((state) => state.layout.isPaused === true);
  const isRunning = useBench((state) => state.layout.status === "running");
  const percent = useBench((state) => Math.round(state.layout.fraction * 100));
  if (!isRunning) {
    return (
      <Group>
        <span>Layout stopped</span>
        <Action name="map.layOutAgain" label="Lay out again" icon={<RotateCcw size={13} aria-hidden />} />
      </Group>
    );
  }
  return (
    <Group>
      <span className={controls.number}>
        {isPaused ? "Paused" : "Laying out"} · {percent} %
      </span>
      <Action
        name="map.pauseLayout"
        label={isPaused ? "Resume" : "Pause"}
        icon={isPaused ? <Play size={13} aria-hidden /> : <Pause size={13} aria-hidden />}
      />
      <Action name="map.stopLayout" label="Stop" icon={<Square size={12} aria-hidden />} />
    </Group>
  );
}

function Group({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.controls} role="toolbar" aria-label="Layout" data-covers-map>
      {children}
    </div>
  );
}

interface ActionProps {
  /** The command's name. */
  readonly name: string;
  readonly label: string;
  readonly icon: ReactNode;
}

function Action({ name, label, icon }: ActionProps) {
  const run = useRun();
  const { shortcut, label: title } = commandNamed(name);
  const hint = shortcut ? ` (${formatShortcut(shortcut, onApple)})` : "";
  return (
    <button
      type="button"
      className={`${controls.button} ${styles.action}`}
      title={`${title}${hint}`}
      onClick={() => run(name)}
    >
      {icon} {label}
    </button>
  );
}
