import { Popover } from "radix-ui";
import { type ReactNode, useRef } from "react";
import { useTrust } from "../colours/useColours";
import { useBench, useWorkbench } from "../context";
import type { Term } from "../help/terms";
import { Ask } from "../ui/Ask";
import { ofSample, placesOfSample } from "./sampled";
import styles from "./TrustPopover.module.css";

interface TrustPopoverProps {
  /** What the closed button shows. */
  readonly children: ReactNode;
  readonly className: string;
}

/** The button of the map's trust, and behind it all that was measured of the map. */
export default function TrustPopover({ children, className }: TrustPopoverProps) {
  const panel = useRef<HTMLDivElement>(null);
  return (
    <Popover.Root>
      <Popover.Trigger className={className}>{children}</Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          ref={panel}
          tabIndex={-1}
          className={styles.panel}
          aria-label="How far to trust the map"
          side="top"
          align="end"
          sideOffset={8}
          collisionPadding={8}
          // The first number would take the focus, and with it open its explanation over the others.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            panel.current?.focus();
          }}
        >
          <Measures />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Measures() {
  const layout = useBench((state) => state.layout);
  const { trustworthiness, continuity, preservation, qualityNeighbours, qualityError } = layout;
  return (
    <>
      <h2 className={styles.title}>How far to trust the map</h2>
      <dl className={styles.facts}>
        <Fact term="trust" name="Trustworthiness" value={trustworthiness} />
        <Fact term="continuity" name="Continuity" value={continuity} />
        <Fact term="preservation" name="Neighbours kept" value={preservation} />
        <SelectedTrust />
      </dl>
      <p className={styles.note}>
        {qualityNeighbours !== undefined && (
          <Ask term="qualityNeighbours">k = {qualityNeighbours} neighbours</Ask>
        )}
        {qualityError !== undefined && qualityError > 0 && (
          <Ask term="qualityError" detail={ofSample(layout)}>
            ± {qualityError.toFixed(3)} (sampled)
          </Ask>
        )}
      </p>
    </>
  );
}

/** How far to trust the place of the item whose neighbours are shown. */
function SelectedTrust() {
  const workbench = useWorkbench();
  const item = useBench(({ selection }) => (selection.length > 0 ? workbench.item(selection[0]) : undefined));
  const trust = useTrust();
  const layout = useBench((state) => state.layout);
  if (!item) return null;
  return (
    <Fact
      term="placeTrust"
      name={`Place of ${item.label}`}
      value={trust?.of(item.id)}
      detail={placesOfSample(layout)}
    />
  );
}

interface FactProps {
  readonly term: Term;
  readonly name: string;
  readonly value: number | undefined;
  readonly detail?: string;
}

function Fact({ term, name, value, detail }: FactProps) {
  const isKnown = value !== undefined && !Number.isNaN(value);
  return (
    <div>
      <dt title={name}>{name}</dt>
      <dd>
        <Ask term={term} detail={detail}>
          {isKnown ? value.toFixed(3) : "not measured"}
        </Ask>
      </dd>
    </div>
  );
}
