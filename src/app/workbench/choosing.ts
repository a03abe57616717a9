import { NamedError } from "../../core/errors";
import type { Modality } from "../../core/space";
import { type DeviceChoice, type EncoderSpec, shippedEncoders, sourceId } from "../../encoders";
import type { Context } from "./context";
import type { EncoderSlots } from "./encoder-slots";
import type { Filler } from "./filler";
import { createOwnNames } from "./own-files";
import { isOfParts } from "./parts";
import type { Spaces } from "./spaces";

/** What changes when an encoder does. */
interface ChoosingOptions {
  readonly slots: EncoderSlots;
  readonly spaces: Spaces;
  readonly fillers: { readonly texts: Filler; readonly images: Filler };
  readonly refreshMap: () => void;
  readonly save: () => void;
}

/** Changes encoders and the device they run on; items are encoded again behind it where they have to be. */
export function createChoosing(
  { store, collection }: Context,
  { slots, spaces, fillers: { texts, images }, refreshMap, save }: ChoosingOptions,
) {
  const ownName = createOwnNames(collection);
  const dropParts = (modality: Modality) => {
    const kind = modality === "text" ? "token" : "patch";
    collection.discard(collection.state().items.flatMap((item) => (item.kind === kind ? item.id : [])));
  };
  /** Opens an encoder whose failure shows in its own state; scripts get the rejection. */
  const setEncoder = async (modality: Modality, asked: EncoderSpec): Promise<void> => {
    const shipped = shippedEncoders().filter((encoder) => encoder.modality === modality);
    const source = ownName(asked.source);
    const spec = { ...asked, source };
    if (source.from === "page" && !shipped.some((encoder) => encoder.id === source.id)) {
      throw new NamedError(
        "ModelNotFound",
        `No ${modality} encoder is called ${JSON.stringify(source.id)}.`,
        {
          advice: "Choose one of the encoders in the list.",
        },
      );
    }
    const before = store.getState()[`${modality}Encoder`].id;
    const opening = slots[modality].use(spec);
    spaces.release(modality);
    refreshMap();
    const { space } = await opening;
    // Another model reads other tokens and patches, and a tap that is pooled has none.
    if (!isOfParts(space) || sourceId(source) !== before) dropParts(modality);
    (modality === "text" ? texts : images).retry();
    refreshMap();
    save();
    await slots[modality].checked();
  };
  /** Both encoders are opened on this device when they are needed next. */
  const chooseDevice = (deviceChoice: DeviceChoice) => {
    store.setState({ deviceChoice });
    slots.text.reset();
    slots.image.reset();
  };
  return {
    setEncoder,
    chooseDevice,
    async setDevice(choice: DeviceChoice): Promise<void> {
      const wasOpen = slots.image.current() !== undefined;
      chooseDevice(choice);
      await Promise.all([slots.text.checked(), wasOpen ? slots.image.checked() : undefined]);
      refreshMap();
    },
    async retryEncoder(modality: Modality): Promise<void> {
      slots[modality].reset();
      await slots[modality].ready();
      (modality === "text" ? texts : images).retry();
      await slots[modality].checked();
    },
  };
}
