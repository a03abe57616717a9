import type { Modality } from "../../core/space";
import type { Flow } from "./flow";
import type { Layer } from "./transformer";

/** How exporters name the parts of a network that repeat: "/encoder/layer.3/…", "model.blocks.3.…". */
const NUMBERED = /(?:^|[./])(?:layers?|blocks?|stages?|h|resblocks)[._](\d+)(?=[./])/;

/**
 * The layers of a network whose structure says nothing, by its nodes' names: what each numbered part hands on to the
 * parts behind it.
 */
export function numberedLayers(flow: Flow, modality: Modality): Layer[] {
  const number = (name: string) => {
    const found = NUMBERED.exec(name);
    return found ? Number(found[1]) : undefined;
  };
  const ends = new Map<number, string>();
  for (const node of flow.graph.nodes) {
    const part = number(node.name);
    if (part === undefined) continue;
    for (const output of node.outputs) {
      if (!flow.isLive(output)) continue;
      const handedOn = flow.consumers(output).some((consumer) => (number(consumer.name) ?? Infinity) > part);
      if (handedOn) ends.set(part, output);
    }
  }
  return [...ends]
    .sort(([a], [b]) => a - b)
    .map(([, name], index) => ({
      name,
      title: `Block ${index + 1} output`,
      kind: modality === "text" ? "tokens" : "map",
    }));
}
