import { moved } from "../../remote/protocol";
import { serve } from "../../remote/serve";
import type { PatternMethods } from "./pattern-protocol";

const held: string[] = [];

serve<PatternMethods>({
  hold({ texts }) {
    held.push(...texts);
    return undefined;
  },
  match({ source }) {
    const pattern = new RegExp(source, "iu");
    const hits = Uint8Array.from(held, (text) => Number(pattern.test(text)));
    return moved(hits, [hits.buffer]);
  },
});
