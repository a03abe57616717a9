import type { Item } from "../../collection/types";
import styles from "./marks.module.css";
import { useObjectUrl } from "./useObjectUrl";

/** What stands for an item in lists: its picture, or a dot in its colour. */
export function Mark({ item, colour }: { readonly item: Item; readonly colour: string }) {
  const url = useObjectUrl(item.image?.thumbnail);
  if (url) return <img className={styles.thumbnail} src={url} alt="" draggable={false} />;
  return <Dot colour={colour} />;
}

/** A dot in a CSS colour. */
export function Dot({ colour }: { readonly colour: string }) {
  return <span className={styles.dot} style={{ background: colour }} aria-hidden />;
}
