import { SlidersHorizontal } from "lucide-react";
import { Popover, ToggleGroup } from "radix-ui";
import { useRun } from "../commands/useShortcuts";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import styles from "./Choices.module.css";
import { MethodSettings } from "./MethodSettings";
import { CheckSetting, Row } from "./settings";

/** The projection's options behind a button: those of the method, and those of all. */
export default function ProjectionOptions() {
  return (
    <Popover.Root>
      <Popover.Trigger className={`${controls.button} ${controls.icon}`} aria-label="Projection options">
        <SlidersHorizontal size={15} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          aria-label="Projection options"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Options />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Options() {
  const workbench = useWorkbench();
  const run = useRun();
  const { dimensions, spherize = false } = useBench((state) => state.projection);
  const note = useBench((state) => state.layout.note);
  return (
    <>
      <Row name="Dimensions">
        <ToggleGroup.Root
          type="single"
          aria-label="Dimensions"
          className={controls.segments}
          value={String(dimensions)}
          onValueChange={(value) => value && run(value === "3" ? "map.3d" : "map.2d")}
        >
          <ToggleGroup.Item className={controls.segment} value="2">
            2-D
          </ToggleGroup.Item>
          <ToggleGroup.Item className={controls.segment} value="3">
            3-D
          </ToggleGroup.Item>
        </ToggleGroup.Root>
      </Row>
      <MethodSettings />
      <CheckSetting
        label="Even out the space first (spherize)"
        term="spherize"
        checked={spherize}
        onChange={(checked) => workbench.setProjection({ spherize: checked })}
      />
      {note && <p className={styles.note}>{note}</p>}
      <button
        type="button"
        className={`${controls.button} ${controls.primary}`}
        onClick={() => run("map.layOutAgain")}
      >
        Lay out again
      </button>
    </>
  );
}
