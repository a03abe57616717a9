/** Names one space. Branded, so that a plain string can't be handed where a space is asked for. */
export type SpaceId = string & { readonly __space: unique symbol };

/** How likeness is measured in a space. Similarity is always "larger is nearer", whatever the metric. */
export type Metric = "cosine" | "euclidean" | "dot";

/** What an encoder reads. */
export type Modality = "text" | "image";

/** What kind of thing an item is; a row brought its vector along, a token is part of a text, a patch of an image. */
export type ItemKind = Modality | "row" | "token" | "patch";

/** What an encoder's vectors live in. Vectors compare only inside one space. */
export interface Space {
  readonly id: SpaceId;
  /** Short name for people: "MiniLM-L6", "MiniLM-L6 + EfficientNet-Lite0". */
  readonly title: string;
  /** Numbers per vector. */
  readonly dimension: number;
  /** The metric the encoder was trained for; the user may choose another. */
  readonly metric: Metric;
  readonly modalities: readonly ItemKind[];
}

/**
 * The id of the space of what one edition of a recipe makes: the recipe's name, and from the second edition on the edition
 * behind a "#". Vectors of two editions are made in two ways and do not compare, so they live in two spaces.
 */
export function editionId(name: string, edition = 1): SpaceId {
  return spaceId(edition > 1 ? `${name}#${edition}` : name);
}

/** What `editionId` put together; a layer's "@layer:pooling" behind the edition counts as part of the name. */
export function nameAndEdition(id: string): { readonly name: string; readonly edition: number } {
  const found = /#(\d+)(?=$|@)/.exec(id);
  return found ? { name: id.replace(found[0], ""), edition: Number(found[1]) } : { name: id, edition: 1 };
}

/** The id of the space of an encoder as it was trained, from that of any of its layers: without the "@layer:pooling" at the end. */
export function wholeSpaceId(id: SpaceId): SpaceId {
  return spaceId(id.replace(/@[^@]*:[^@:]*$/, ""));
}

/** Marks a string as the id of a space. Call it only where a space is made or read back from storage. */
export function spaceId(id: string): SpaceId {
  return id as SpaceId;
}
