/** The collection alone, for tests that write what an earlier visit would have kept: by the code that keeps it. */
import * as collection from "../src/collection/index";
import { nameAndEdition, spaceId } from "../src/core/space";

const room = { ...collection, nameAndEdition, spaceId };

export type CollectionPage = typeof room;
Object.assign(window, { collectionPage: room });
