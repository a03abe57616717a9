import type { Item } from "../../collection";
import type { Space, SpaceId } from "../../core/space";
import { type JointSpace, openJointSpace } from "../../encoders";
import type { Context } from "./context";
import type { EncoderSlot } from "./encoder-slot";
import type { SpaceRole, SpaceState } from "./types";

/** Knows the current encoders' spaces, fills the joint one, and says which is shown. */
export interface Spaces {
  /** The space of a role, when its encoders are open. */
  ofRole(role: SpaceRole): Space | undefined;
  /** The space with this id, or the current one of a role's name; undefined when there is none. */
  find(idOrRole: string): Space | undefined;
  joint(): JointSpace | undefined;
  /** Opens the joint space when words and images are there, fills it, and publishes what is shown. */
  refresh(): void;
  /** Resolves when the joint space is filled, or can't be. */
  filled(): Promise<void>;
  choose(role: SpaceRole | "auto"): void;
  choice(): SpaceRole | "auto";
  /** Shows a space by id, current or not. */
  show(id: SpaceId): void;
}

export function createSpaces(
  { store, collection, problems }: Context,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
): Spaces {
  let chosen: SpaceRole | "auto" = "auto";
  let shownId: SpaceId | undefined;
  let joint: { readonly of: string; readonly space: JointSpace } | undefined;
  let openingJoint: { readonly of: string; readonly done: Promise<void> } | undefined;

  const jointKey = () => {
    const text = slots.text.current();
    const image = slots.image.current();
    // Joint spaces are made for what the encoders were trained to give, not for another layer of theirs.
    const isTrained = (encoder: typeof text | typeof image) =>
      encoder && encoder.space.id === encoder.card.id;
    return text && image && isTrained(text) && isTrained(image)
      ? `${text.space.id}+${image.space.id}`
      : undefined;
  };
  const currentJoint = () => (joint && joint.of === jointKey() ? joint.space : undefined);

  /** Before an encoder is open, the space that the last visit left under its id stands in for it. */
  const leftOver = (id: string) => collection.spaces().find((space) => space.id === id);

  const ofRole = (role: SpaceRole): Space | undefined => {
    const { textEncoder, imageEncoder } = store.getState();
    if (role === "text") return slots.text.current()?.space ?? leftOver(textEncoder.space);
    if (role === "vectors") return collection.spaces().findLast((space) => space.modalities.includes("row"));
    if (role === "image") return slots.image.current()?.space ?? leftOver(imageEncoder.space);
    return currentJoint()?.space ?? leftOver(`${textEncoder.space}+${imageEncoder.space}`);
  };

  const hasKind = (kind: Item["kind"]) => collection.state().items.some((item) => item.kind === kind);

  const openJoint = () => {
    const key = jointKey();
    const text = slots.text.current();
    const image = slots.image.current();
    if (!key || !text || !image || currentJoint() || openingJoint?.of === key) return;
    if (!hasKind("text") || !hasKind("image")) return;
    const done = openJointSpace({ text, image }).then(
      (space) => {
        joint = { of: key, space };
        openingJoint = undefined;
        refresh();
      },
      (thrown) => {
        openingJoint = undefined;
        problems.addThrown("joint space", thrown, refresh);
      },
    );
    openingJoint = { of: key, done };
  };

  const jointVector = (space: JointSpace, item: Item) => {
    if (item.kind === "image") return item.classes && space.fromClasses(item.classes);
    const textSpace = ofRole("text");
    const vector = textSpace && collection.vector(textSpace.id, item.id);
    return vector && space.fromText(vector);
  };

  const fillJoint = () => {
    const space = currentJoint();
    if (!space) return;
    const entries = [];
    for (const item of collection.state().items) {
      if (collection.vector(space.space.id, item.id)) continue;
      const vector = jointVector(space, item);
      if (vector) entries.push({ id: item.id, vector });
    }
    if (entries.length > 0) collection.setVectors(space.space, entries);
  };

  const isFilled = (role: SpaceRole) => {
    const space = ofRole(role);
    return space !== undefined && collection.count(space.id) > 0;
  };

  const holds = (role: SpaceRole, kind: Item["kind"]) => {
    const space = ofRole(role);
    return (
      space !== undefined &&
      collection.state().items.some((item) => item.kind === kind && collection.vector(space.id, item.id))
    );
  };

  const shownRole = (): SpaceRole => {
    if (chosen !== "auto" && isFilled(chosen)) return chosen;
    if (isFilled("joint") && holds("joint", "text") && holds("joint", "image")) return "joint";
    return (["text", "image", "vectors"] as const).find(isFilled) ?? "text";
  };

  const publish = () => {
    const role = shownRole();
    const byId = shownId && collection.spaces().find((space) => space.id === shownId);
    const encoder = store.getState()[role === "image" ? "imageEncoder" : "textEncoder"];
    const space: Space = byId ??
      ofRole(role) ?? {
        id: encoder.space,
        title: encoder.title,
        dimension: encoder.dimension,
        metric: "cosine",
        modalities: [role === "image" ? "image" : "text"],
      };
    const available = (["joint", "text", "image", "vectors"] as const).filter(isFilled);
    const shown: SpaceState = { role, space, available };
    const before = store.getState().shown;
    const same =
      before.role === role && before.space.id === space.id && before.available.join() === available.join();
    if (!same) store.setState({ shown });
    const spaces = collection.spaces();
    const known = store.getState().spaces;
    if (spaces.length !== known.length || spaces.some((each, index) => each !== known[index])) {
      store.setState({ spaces });
    }
  };

  /** Words that joined after the last visit's images need the image encoder for their joint vectors. */
  const wakeImageEncoder = () => {
    const space = ofRole("joint");
    if (!space || slots.image.current() || !slots.text.current()) return;
    const { items } = collection.state();
    if (items.every((item) => collection.vector(space.id, item.id))) return;
    slots.image.ready().then(refresh, () => undefined);
  };

  const refresh = () => {
    wakeImageEncoder();
    openJoint();
    fillJoint();
    publish();
  };

  return {
    ofRole,
    find: (idOrRole) =>
      ofRole(idOrRole as SpaceRole) ?? collection.spaces().find((space) => space.id === idOrRole),
    joint: currentJoint,
    refresh,
    async filled() {
      await openingJoint?.done;
    },
    choice: () => chosen,
    choose(role) {
      chosen = role;
      shownId = undefined;
      refresh();
    },
    show(id) {
      shownId = id;
      publish();
    },
  };
}
