import type { EncoderSpec, Parity } from "../types";
import type { DevicePlan } from "./device";

interface Known {
  /** What was read when the model was opened last. */
  last?: string;
  /** What its check found, once it was right. */
  parity?: Parity;
}

/** By model and device. */
const known = new Map<string, Known>();

/**
 * An opened model of the page that is not checked again when only another layer of it is read, on the device on which it
 * was found right before. Opened anew for the same reading, because its worker or device was lost or on a retry, it is.
 */
export function withKnownParity<Model extends { check(): Promise<Parity> }>(
  opened: Model,
  { source, tap, pooling }: EncoderSpec,
  { kind }: Pick<DevicePlan, "kind">,
): Model {
  // Models from elsewhere bring nothing to be checked against.
  if (source.from !== "page") return opened;
  const key = `${source.id} ${kind}`;
  const entry = known.get(key) ?? {};
  known.set(key, entry);
  const reading = JSON.stringify([tap, pooling]);
  const { last, parity } = entry;
  entry.last = reading;
  if (parity && last !== reading) return { ...opened, check: () => Promise.resolve(parity) };
  return {
    ...opened,
    async check() {
      const found = await opened.check();
      entry.parity = found.matches ? found : undefined;
      return found;
    },
  };
}
