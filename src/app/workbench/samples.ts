import { NamedError, reportError } from "../../core/errors";
import type { Adding } from "./adding";
import type { Context } from "./context";
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

/** Puts a sample's words and pictures on the map; a failure is shown, with a way to try again. */
export function createSampleOpening({ problems }: Context, adding: Adding) {
  return async function openSample(name: string): Promise<void> {
    try {
      const { items } = await loadSample(name);
      const words = items.filter((item) => "text" in item);
      const pictures = items.filter((item) => "image" in item);
      const blobs = await Promise.all(pictures.map(({ image }) => loadPicture(image)));
      await Promise.all([
        adding.addTexts(
          words.map(({ text }) => text),
          { categories: words.map(({ category }) => category) },
        ),
        adding.addImages(blobs, {
          labels: pictures.map(({ label }) => label),
          categories: pictures.map(({ category }) => category),
          credits: pictures.map(({ credit, licence }) => `${credit} (${licence})`),
        }),
      ]);
    } catch (thrown) {
      const { name: error } = reportError(thrown);
      if (error === "NetworkFailed" || error === "UnreadableFile") {
        problems.addThrown(`sample ${name}`, thrown, () => void openSample(name));
      }
    }
  };
}
