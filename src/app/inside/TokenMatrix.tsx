import { useVirtualizer } from "@tanstack/react-virtual";
import { Check, Copy, Download, X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useRef, useState } from "react";
import type { Item, TokenPart } from "../../collection/types";
import { useBench, useWorkbench } from "../context";
import controls from "../ui/controls.module.css";
import dialog from "../ui/dialog.module.css";
import { matrixText, shortRow } from "./matrix";
import styles from "./TokenMatrix.module.css";

interface TokenMatrixProps {
  readonly text: Item;
  readonly tokens: readonly Item[];
  onClose(): void;
}

const rowHeight = 28;
const cellWidth = 64;

/** What comes out of the network before pooling: one row for each token, one column for each dimension. */
export default function TokenMatrix({ text, tokens, onClose }: TokenMatrixProps) {
  const workbench = useWorkbench();
  const id = useBench((state) => state.textEncoder.space);
  const dimension = useBench((state) => state.textEncoder.dimension);
  const layer = useBench((state) => state.textEncoder.tap?.title);
  const [whole, setWhole] = useState(false);
  const [copied, setCopied] = useState(false);
  const rows = tokens.flatMap((item) => {
    const vector = workbench.vector(item.id, id);
    return vector ? [{ item, token: (item.part as TokenPart).token, vector }] : [];
  });
  const copy = async () => {
    await navigator.clipboard.writeText(matrixText(rows, "\t"));
    setCopied(true);
  };
  const download = () => {
    const url = URL.createObjectURL(new Blob([matrixText(rows, ",")], { type: "text/csv" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = `nearfield-tokens-${id.replace(/[^\w.-]+/g, "-")}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={dialog.scrim} />
        <Radix.Content className={`${dialog.dialog} ${styles.dialog}`} aria-describedby={undefined}>
          <div className={dialog.head}>
            <Radix.Title className={dialog.title}>
              {rows.length} tokens × {dimension} dimensions
            </Radix.Title>
            <Radix.Close className={`${controls.button} ${controls.icon}`} aria-label="Close">
              <X size={16} aria-hidden />
            </Radix.Close>
          </div>
          <div className={styles.body}>
            <p className={styles.of}>
              {text.text} <span>{layer}</span>
            </p>
            {whole ? <WholeMatrix rows={rows} dimension={dimension} /> : <ShortMatrix rows={rows} />}
            <div className={styles.foot}>
              <button
                type="button"
                className={`${controls.button} ${controls.outlined}`}
                aria-pressed={whole}
                onClick={() => setWhole(!whole)}
              >
                {whole ? "Abbreviate" : "All dimensions"}
              </button>
              <span className={styles.grow} />
              <button type="button" className={`${controls.button} ${controls.outlined}`} onClick={copy}>
                {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
                {copied ? "Copied" : "Copy"}
              </button>
              <button type="button" className={`${controls.button} ${controls.primary}`} onClick={download}>
                <Download size={14} aria-hidden /> CSV
              </button>
            </div>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface Row {
  readonly item: Item;
  readonly token: string;
  readonly vector: Float32Array;
}

/** The first and last numbers of each row, as matrices are printed. */
function ShortMatrix({ rows }: { readonly rows: readonly Row[] }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.short}>
        <tbody>
          {rows.map(({ item, token, vector }) => (
            <tr key={item.id}>
              <th scope="row">{token}</th>
              <td>[</td>
              {shortRow(vector).map((cell, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a dimension is known by its place
                <td key={place}>{cell}</td>
              ))}
              <td>]</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Every number; only what is in sight is drawn. */
function WholeMatrix({ rows, dimension }: { readonly rows: readonly Row[]; readonly dimension: number }) {
  const scroller = useRef<HTMLElement>(null);
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 4,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: dimension,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellWidth,
    overscan: 4,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section ref={scroller} className={styles.scroll} tabIndex={0} aria-label="All numbers">
      <div
        className={styles.whole}
        style={{ width: 96 + across.getTotalSize(), height: rowHeight + down.getTotalSize() }}
      >
        <div className={styles.names}>
          {across.getVirtualItems().map(({ index, start }) => (
            <span key={index} style={{ left: 96 + start, width: cellWidth }}>
              {index}
            </span>
          ))}
        </div>
        {down.getVirtualItems().map(({ index: row, start: top }) => (
          <div key={row} className={styles.row} style={{ top: rowHeight + top }}>
            <strong>{rows[row].token}</strong>
            {across.getVirtualItems().map(({ index, start }) => (
              <span key={index} style={{ left: 96 + start, width: cellWidth }}>
                {shortNumber(rows[row].vector[index])}
              </span>
            ))}
          </div>
        ))}
      </div>
    </section>
  );
}

const shortNumber = (value: number) => value.toFixed(4).replace("-", "−");
