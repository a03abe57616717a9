import type { Item, ItemClasses } from "../../collection";
import { NamedError } from "../../core/errors";
import type { Modality, Space, SpaceId } from "../../core/space";
import { cardSpaceId, type JointScale, jointSpaceId, openJointSpace } from "../../encoders";
import { classesBy } from "./classes";
import type { Context } from "./context";
import { createEditions } from "./editions";
import type { EncoderSlot } from "./encoder-slot";
import { createCentring } from "./gap";
import type { GapHandling, SpaceRole, SpaceState } from "./types";

/** The space of words and images together, and how vectors of the encoders stand in it. */
export interface Joint {
  readonly space: Space;
  /** The joint vector of a text, from its vector in the text encoder's space. */
  fromText(vector: Float32Array): Float32Array;
  /** The joint vector of an image, from its own vector and classes; undefined where those are needed and missing. */
  fromImage(vector: Float32Array | undefined, classes?: ItemClasses["ranked"]): Float32Array | undefined;
  /** Absent for a joint space that was not trained to name images. */
  readonly scale?: JointScale;
}

/** Knows the current encoders' spaces, fills the joint one, and says which is shown. */
export interface Spaces {
  /** The space of a role, when its encoders are open. */
  ofRole(role: SpaceRole): Space | undefined;
  /** The space with this id, or the current one of a role's name; undefined when there is none. */
  find(idOrRole: string): Space | undefined;
  joint(): Joint | undefined;
  /**
   * Opens and fills the joint space whether or not both words and images are there. Rejects with `UnknownSpace` where the
   * current encoders have none, and as opening an encoder does.
   */
  requireJoint(): Promise<Joint>;
  /** Opens the joint space when words and images are there, fills it, and publishes what is shown. */
  refresh(): void;
  /** How the gap between words and images is handled in joint spaces. */
  gap(): GapHandling;
  handleGap(gap: GapHandling): void;
  /** The space whose vectors a shown one's are made of, and how: a joint space's, centred; else the space itself. */
  origin(space: Space): { readonly space: Space; place(vector: Float32Array, kind: Modality): Float32Array };
  /** Resolves when the joint space is filled, or can't be. */
  filled(): Promise<void>;
  choose(role: SpaceRole | "auto"): void;
  choice(): SpaceRole | "auto";
  /** Shows a space by id, current or not. */
  show(id: SpaceId): void;
  /** Shows an encoder's own space in place of one that was shown by id. */
  release(modality: Modality): void;
}

/** `isFilling` says whether items of a modality are being encoded. */
export function createSpaces(
  { store, collection, problems }: Context,
  slots: { readonly text: EncoderSlot<"text">; readonly image: EncoderSlot<"image"> },
  isFilling: (modality: Modality) => boolean,
): Spaces {
  let chosen: SpaceRole | "auto" = "auto";
  let shownId: SpaceId | undefined;
  let gap: GapHandling = "raw";
  let joint: { readonly of: string; readonly space: Joint } | undefined;
  let openingJoint: { readonly of: string; readonly done: Promise<void> } | undefined;

  const jointKey = () => {
    const text = slots.text.current();
    const image = slots.image.current();
    // Joint spaces are made for what the encoders were trained to give, not for another layer of theirs.
    const isTrained = (encoder: typeof text | typeof image) =>
      encoder && encoder.space.id === cardSpaceId(encoder.card);
    return text && image && isTrained(text) && isTrained(image)
      ? `${text.space.id}+${image.space.id}`
      : undefined;
  };
  /** The one space of a model of two towers, which both encoders are open of. */
  const towers = (): Joint | undefined => {
    const [text, image] = [slots.text.current(), slots.image.current()];
    if (!text || !image || text.space.id !== image.space.id) return undefined;
    return {
      space: text.space,
      fromText: (vector) => vector,
      fromImage: (vector) => vector,
      scale: text.card.joint,
    };
  };
  const currentJoint = () => towers() ?? (joint && joint.of === jointKey() ? joint.space : undefined);
  const centring = createCentring(collection);
  const editions = createEditions(collection);

  /** Before an encoder is open, the space that the last visit left under its id stands in for it. */
  const leftOver = (id: string) => collection.spaces().find((space) => space.id === id);

  const jointId = () => {
    const [text, image] = [store.getState().textEncoder.space, store.getState().imageEncoder.space];
    return text === image ? text : jointSpaceId(text, image);
  };

  const ofRole = (role: SpaceRole): Space | undefined => {
    const { textEncoder, imageEncoder } = store.getState();
    if (role === "text") return slots.text.current()?.space ?? leftOver(textEncoder.space);
    if (role === "vectors") return collection.spaces().findLast((space) => space.modalities.includes("row"));
    if (role === "image") return slots.image.current()?.space ?? leftOver(imageEncoder.space);
    return currentJoint()?.space ?? leftOver(jointId());
  };

  /** What the current encoders can make is made. */
  const isSettled = (role: "text" | "image" | "joint"): boolean =>
    role === "joint"
      ? isSettled("text") && isSettled("image") && currentJoint() !== undefined
      : slots[role].current() !== undefined && !isFilling(role);

  const idOf = (role: "text" | "image" | "joint"): SpaceId =>
    role === "joint" ? jointId() : store.getState()[role === "text" ? "textEncoder" : "imageEncoder"].space;

  /** What to show for a role: while it is being made, what another edition of its recipe left. */
  const shownOf = (role: SpaceRole): Space | undefined =>
    (role !== "vectors" && !isSettled(role) ? editions.former(idOf(role)) : undefined) ?? ofRole(role);

  const hasKind = (kind: Item["kind"]) => collection.state().items.some((item) => item.kind === kind);

  const openJoint = (always = false) => {
    if (towers()) return;
    const key = jointKey();
    const text = slots.text.current();
    const image = slots.image.current();
    if (!key || !text || !image || currentJoint() || openingJoint?.of === key) return;
    if (!always && (!hasKind("text") || !hasKind("image"))) return;
    const done = openJointSpace({ text, image }).then(
      ({ space, fromText, fromClasses }) => {
        const fromImage: Joint["fromImage"] = (_, classes) => classes && fromClasses(classes);
        joint = { of: key, space: { space, fromText, fromImage } };
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

  const jointVector = (space: Joint, item: Item) => {
    if (item.kind === "image") {
      const imageSpace = ofRole("image");
      return imageSpace && space.fromImage(undefined, classesBy(item, imageSpace.id));
    }
    if (item.kind !== "text") return undefined;
    const textSpace = ofRole("text");
    const vector = textSpace && collection.vector(textSpace.id, item.id);
    return vector && space.fromText(vector);
  };

  const fillJoint = () => {
    const space = currentJoint();
    // The towers file their vectors in the joint space themselves.
    if (!space || towers()) return;
    const entries = [];
    for (const item of collection.state().items) {
      if (collection.holds(space.space.id, item.id)) continue;
      const vector = jointVector(space, item);
      if (vector) entries.push({ id: item.id, vector });
    }
    if (entries.length > 0) collection.setVectors(space.space, entries);
  };

  const holds = (role: SpaceRole, kind: Item["kind"]) => {
    const space = shownOf(role);
    return (
      space !== undefined &&
      collection.state().items.some((item) => item.kind === kind && collection.holds(space.id, item.id))
    );
  };

  const isFilled = (role: SpaceRole): boolean => {
    const space = shownOf(role);
    if (space === undefined || collection.count(space.id) === 0) return false;
    const isOfTowers = space.modalities.length > 1 && shownOf("text")?.id === shownOf("image")?.id;
    if (!isOfTowers) return true;
    // The towers' one space is the joint one while it holds both, else that of the modality it holds.
    const [words, images] = [holds(role, "text"), holds(role, "image")];
    return role === "joint" ? words && images : role === "text" ? words && !images : images && !words;
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
    const own = shownOf(role);
    const centred = own && role === "joint" && gap === "centred" ? centring.of(own) : undefined;
    const space: Space = byId ??
      centred ??
      own ?? {
        id: encoder.space,
        title: encoder.title,
        dimension: encoder.dimension,
        metric: "cosine",
        modalities: [role === "image" ? "image" : "text"],
      };
    const available = (["joint", "text", "image", "vectors"] as const).filter(isFilled);
    const shown: SpaceState = { role, space, available, gap };
    const before = store.getState().shown;
    const same =
      before.role === role &&
      before.space.id === space.id &&
      before.gap === gap &&
      before.available.join() === available.join();
    if (!same) store.setState({ shown });
    const spaces = collection.spaces();
    const known = store.getState().spaces;
    if (spaces.length !== known.length || spaces.some((each, index) => each !== known[index])) {
      store.setState({ spaces });
    }
  };

  /**
   * Words that joined after the last visit's images need the image encoder for their joint vectors, and so does all that
   * another edition of the joint space's recipe placed.
   */
  const wakeImageEncoder = () => {
    if (slots.image.current() || !slots.text.current()) return;
    const id = jointId();
    if (!leftOver(id) && !(hasKind("image") && editions.former(id))) return;
    const { items } = collection.state();
    if (items.every((item) => collection.holds(id, item.id))) return;
    slots.image.ready().then(refresh, () => undefined);
  };

  const refresh = () => {
    wakeImageEncoder();
    openJoint();
    fillJoint();
    for (const role of ["text", "image", "joint"] as const) editions.retire(idOf(role));
    publish();
  };

  return {
    ofRole,
    find: (idOrRole) =>
      ofRole(idOrRole as SpaceRole) ?? collection.spaces().find((space) => space.id === idOrRole),
    joint: currentJoint,
    async requireJoint() {
      await Promise.all([slots.text.ready(), slots.image.ready()]);
      openJoint(true);
      await openingJoint?.done;
      const space = currentJoint();
      if (!space) {
        throw new NamedError(
          "UnknownSpace",
          "The current encoders have no space for words and images together.",
          {
            advice:
              "Choose the layer and pooling that both encoders were trained for, or a model of two towers.",
          },
        );
      }
      fillJoint();
      publish();
      return space;
    },
    refresh,
    gap: () => gap,
    handleGap(next) {
      gap = next;
      shownId = undefined;
      refresh();
    },
    origin(space) {
      const base = centring.base(space.id);
      return base ? { space: base, place: centring.centre } : { space, place: (vector) => vector };
    },
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
    release(modality) {
      if (shownId === undefined) return;
      shownId = undefined;
      const other = modality === "text" ? "image" : "text";
      if (chosen === other) chosen = modality;
    },
  };
}
