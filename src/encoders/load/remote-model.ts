import type { Remote } from "../../remote/connect";
import type { ModelCard } from "../card";
import { type LayersMethod, unpackLayers } from "../layers";
import type { Layers, LayersOptions, OpenOptions, Parity } from "../types";
import type { OpenedModel, OpenInput, OpenMethod } from "./open-model";
import { once } from "./parity";

/** What every encoder's worker does, beside encoding. */
export interface ModelMethods<Card extends ModelCard, Input> {
  open: OpenMethod<Card>;
  check: { input: undefined; output: Parity; progress: never };
  layers: LayersMethod<Input>;
}

/** A model that is open in a worker of its own. */
export interface RemoteModel<Card extends ModelCard, Input, Worker> extends OpenedModel<Card> {
  readonly remote: Worker;
  /** As the handle's `layers`. */
  layers(inputs: readonly Input[], options?: LayersOptions): Promise<Layers>;
}

/** Opens a model in a worker. Rejects with what the worker throws; the caller closes the worker then. */
export async function openRemote<
  Card extends ModelCard,
  Input,
  Worker extends Remote<ModelMethods<Card, Input>>,
>(
  remote: Worker,
  input: OpenInput<Card>,
  { signal, onProgress }: OpenOptions,
): Promise<RemoteModel<Card, Input, Worker>> {
  const opened = await remote.call("open", input, { signal, onProgress });
  return {
    ...opened,
    remote,
    check: once(() => remote.call("check", undefined)),
    close: () => remote.close(),
    async layers(inputs, { pooling, signal, onProgress } = {}) {
      const results = await remote.call("layers", { inputs, pooling }, { signal, onProgress });
      return unpackLayers(opened.card, results, inputs.length);
    },
  };
}
