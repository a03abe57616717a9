import { NamedError } from "../../core/errors";
import type { SampleSummary } from "./types";

/** One built-in collection of words and pictures, as its JSON file describes it. */
export interface Sample extends SampleSummary {
  readonly items: readonly SampleItem[];
}

export type SampleItem =
  | { readonly text: string; readonly category?: string }
  | {
      /** Path below samples/. */
      readonly image: string;
      readonly label: string;
      readonly category?: string;
      readonly licence: string;
      readonly credit: string;
    };

const folder = () => new URL("samples/", document.baseURI);

async function fetchSample(path: string): Promise<Response> {
  const response = await fetch(new URL(path, folder())).catch((cause: unknown) => {
    throw new NamedError("NetworkFailed", `The sample file ${path} could not be fetched.`, {
      advice: "Check the connection and try again.",
      cause,
    });
  });
  if (response.ok) return response;
  throw new NamedError("UnreadableFile", `The sample file ${path} is missing (${response.status}).`);
}

/** The samples that ship with the page. Rejects with `NetworkFailed` or `UnreadableFile`. */
export async function listSamples(): Promise<readonly SampleSummary[]> {
  const index = (await (await fetchSample("index.json")).json()) as { samples: readonly SampleSummary[] };
  return index.samples;
}

/** One sample by its name. Rejects with `NetworkFailed`, or `UnreadableFile` when there is no such sample. */
export async function loadSample(name: string): Promise<Sample> {
  return (await (await fetchSample(`${encodeURIComponent(name)}.json`)).json()) as Sample;
}

/** A sample's picture. Rejects like `loadSample`. */
export async function loadPicture(path: string): Promise<Blob> {
  return (await fetchSample(path)).blob();
}
