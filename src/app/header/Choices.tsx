import { ToggleGroup } from "radix-ui";
import { lazy, Suspense, useMemo } from "react";
import { page } from "../../encoders";
import { chooseEncoder } from "../commands/encoders";
import { projectionChoices, unavailability } from "../commands/projections";
import { commandNamed, perform } from "../commands/registry";
import { spaceRoles } from "../commands/space";
import { useRun } from "../commands/useShortcuts";
import { useApp, useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import { Select } from "../ui/Select";
import type { EncoderState, SpaceRole } from "../workbench/types";
import styles from "./Choices.module.css";

const ProjectionOptions = lazy(() => import("./ProjectionOptions"));

/** The encoder of words and the encoder of images. */
export function EncoderSelects({ wide = false }: { readonly wide?: boolean }) {
  const workbench = useWorkbench();
  const run = useRun();
  const text = useBench((state) => state.textEncoder);
  const image = useBench((state) => state.imageEncoder);
  const options = (modality: "text" | "image") =>
    workbench.encoderChoices(modality).map((choice) => ({
      value: choice.id,
      title: choice.title,
      side: String(choice.dimension),
      note: choice.description,
    }));
  const choose = (modality: "text" | "image", id: string) => {
    if (id === more) run("page.models");
    // What is in use and does not ship with the page is chosen already.
    else if (id !== (modality === "text" ? text : image).id) {
      chooseEncoder(workbench, modality, { source: page(id) });
    }
  };
  return (
    <>
      <Select
        label="Text encoder"
        prefix="Text"
        wide={wide}
        value={text.id}
        options={withCurrent(options("text"), text)}
        onChange={(id) => choose("text", id)}
      />
      <Select
        label="Image encoder"
        prefix="Images"
        wide={wide}
        value={image.id}
        options={withCurrent(options("image"), image)}
        onChange={(id) => choose("image", id)}
      />
    </>
  );
}

/** Stands for the choice of any other encoder. */
const more = "more";

/** The list of choices, with the encoder in use where it does not ship with the page, and the way to any other. */
function withCurrent(options: readonly Option[], encoder: EncoderState): readonly Option[] {
  const { id, title, dimension } = encoder;
  const current = { value: id, title, side: dimension > 0 ? String(dimension) : "", note: "" };
  const others: Option = {
    value: more,
    title: "More encoders…",
    side: "",
    note: "Any of the Hugging Face Hub, or your own files.",
  };
  return [...(options.some(({ value }) => value === id) ? [] : [current]), ...options, others];
}

interface Option {
  readonly value: string;
  readonly title: string;
  readonly side: string;
  readonly note: string;
}

/**
 * Which of the current encoders' spaces the map shows; a space without items can't be shown. That of ready vectors is
 * offered where there are any: most visitors never bring some.
 */
export function SpaceToggle() {
  const app = useApp();
  const shown = useBench((state) => state.shown);
  const isOffered = ({ role }: { role: SpaceRole }) => role !== "vectors" || shown.available.includes(role);
  return (
    <ToggleGroup.Root
      type="single"
      aria-label="Space"
      className={controls.segments}
      value={shown.role}
      onValueChange={(role) => role && perform(commandNamed(`space.${role}`), app)}
    >
      {spaceRoles.filter(isOffered).map(({ role, title }) => (
        <ToggleGroup.Item
          key={role}
          value={role}
          className={controls.segment}
          disabled={role !== shown.role && !shown.available.includes(role)}
        >
          {title}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}

/** How the space is squeezed onto the map, and the projection's options. */
export function ProjectionControls({ wide = false }: { readonly wide?: boolean }) {
  const app = useApp();
  const method = useBench((state) => state.projection.method);
  const items = useBench((state) => state.items);
  const space = useBench((state) => state.shown.space);
  const options = useMemo(
    () =>
      projectionChoices.map(({ method, title, short, note }) => {
        const reason = unavailability(method, items, space);
        return { value: method, title, short, note: reason ?? note, disabled: reason !== undefined };
      }),
    [items, space],
  );
  return (
    <div className={styles.projection}>
      <Select
        label="Projection"
        prefix="Projection"
        wide={wide}
        value={method}
        options={options}
        onChange={(value) => perform(commandNamed(`map.${value}`), app)}
      />
      <Suspense fallback={<span className={`${controls.button} ${controls.icon}`} />}>
        <ProjectionOptions />
      </Suspense>
    </div>
  );
}
