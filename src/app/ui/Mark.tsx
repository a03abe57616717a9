import type { CSSProperties } from "react";
import type { Item } from "../../collection/types";
import styles from "./marks.module.css";
import { useObjectUrl } from "./useObjectUrl";
import { useWhole } from "./useWhole";

/** What stands for an item in lists: its picture, the piece of a picture that a patch shows, or a dot in its colour. */
export function Mark({ item, colour }: { readonly item: Item; readonly colour: string }) {
  const whole = useWhole(item);
  const url = useObjectUrl((whole ?? item).image?.thumbnail);
  if (url && item.part && "box" in item.part) {
    return <span className={styles.thumbnail} style={piece(url, item.part.box)} aria-hidden />;
  }
  if (url) return <img className={styles.thumbnail} src={url} alt="" draggable={false} />;
  return <Dot colour={colour} />;
}

/** A dot in a CSS colour. */
export function Dot({ colour }: { readonly colour: string }) {
  return <span className={styles.dot} style={{ background: colour }} aria-hidden />;
}

/** A box of a picture (left, top, width and height as shares) as a background that fills its element. */
function piece(url: string, [left, top, width, height]: readonly number[]): CSSProperties {
  // A background's position in percent is a share of what the picture is larger by than its element.
  const at = (start: number, size: number) => `${size < 1 ? Math.max(0, start / (1 - size)) * 100 : 0}%`;
  return {
    backgroundImage: `url(${url})`,
    backgroundSize: `${100 / width}% ${100 / height}%`,
    backgroundPosition: `${at(left, width)} ${at(top, height)}`,
  };
}
