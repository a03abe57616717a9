import { NamedError } from "../../core/errors";
import { type EncoderSpec, type ModelSource, page, parseHubId } from "../../encoders";
import type { FullWorkbench } from "../workbench";
import type { EncoderRequest, Playground } from "./types";

/** The model a request names; undefined when it names none. */
function sourceOf({ id, hub = false, files }: EncoderRequest): ModelSource | undefined {
  if (files) {
    const model = files.find(({ name }) => name.endsWith(".onnx"));
    return { from: "files", name: id ?? model?.name.replace(/\.onnx$/, "") ?? "model", files };
  }
  if (id === undefined) {
    if (hub === false) return undefined;
    throw new NamedError("ModelNotFound", "A model of the Hub needs an id such as org/name.");
  }
  if (hub === false) return page(id);
  return { from: "hub", ...parseHubId(id), ...(typeof hub === "string" ? { revision: hub } : {}) };
}

/** What a request asks for: the model it names as it comes, or another tap or pooling of the one in use. */
function specOf(request: EncoderRequest, current: EncoderSpec): EncoderSpec {
  const named = sourceOf(request);
  const source = named ?? current.source;
  const isSame = named === undefined;
  const { tap = isSame ? current.tap : undefined } = request;
  // Another tap is pooled as suits it, unless the request says how.
  const keepsPooling = isSame && tap === current.tap;
  const { pooling = keepsPooling ? current.pooling : undefined } = request;
  return {
    source,
    ...(tap === undefined ? {} : { tap }),
    ...(pooling === undefined ? {} : { pooling }),
    ...(isSame && current.format !== undefined ? { format: current.format } : {}),
  };
}

/** The part of the scripting interface that changes encoders and looks inside them. */
export function encoderMethods({ setEncoder, parts }: FullWorkbench): Pick<Playground, "use" | "taps"> {
  const { slots, store, chooseDevice } = parts;
  return {
    async use(requests) {
      const { deviceChoice } = store.getState();
      const device = requests.text?.device ?? requests.image?.device ?? deviceChoice;
      // Before anything is opened, so that nothing is opened twice.
      if (device !== deviceChoice) chooseDevice(device);
      const changes = (["text", "image"] as const).map(async (modality) => {
        const request = requests[modality];
        if (request) await setEncoder(modality, specOf(request, store.getState()[`${modality}Encoder`].spec));
      });
      // Whichever fails is reported once both have come to an end.
      await Promise.allSettled(changes);
      await Promise.all(changes);
    },
    async taps(modality) {
      const encoder = await slots[modality].ready();
      return encoder.taps().map(({ name, title, shape }) => ({ name, title, shape: [...shape] }));
    },
  };
}
