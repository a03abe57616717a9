import { editionId, nameAndEdition, type SpaceId } from "../../core/space";

/** How an image encoder is joined with a text encoder. */
export interface JointRecipe {
  /** The folder under `public/models` with what it needs. */
  readonly folder: string;
  /** As the folder's card says, which is fetched only once both encoders are open; the unit tests compare the two. */
  readonly edition: number;
}

const RECIPES: Readonly<Record<string, JointRecipe>> = {
  // The second takes off what the classifier says of nothing.
  "efficientnet-lite0": { folder: "conse-minilm-efficientnet", edition: 2 },
};

/** The recipe for an image encoder's id; undefined where there is none. */
export function jointRecipe(imageEncoder: string): JointRecipe | undefined {
  return RECIPES[imageEncoder];
}

/**
 * The joint space of two encoders, by their own spaces. Its edition counts all changes of the recipe and of what the encoders
 * say: a sum, since each of the three only ever rises.
 */
export function jointSpaceId(text: string, image: string): SpaceId {
  const [words, pictures] = [nameAndEdition(text), nameAndEdition(image)];
  const changes =
    (jointRecipe(pictures.name)?.edition ?? 1) - 1 + (words.edition - 1) + (pictures.edition - 1);
  return editionId(`${words.name}+${pictures.name}`, 1 + changes);
}
