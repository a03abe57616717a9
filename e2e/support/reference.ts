import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { root } from "../../scripts/setup.mjs";

const folder = join(root, "e2e", "fixtures", "reference");

function rows(name: string, dimension: number): Float32Array[] {
  const bytes = readFileSync(join(folder, name));
  const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  return Array.from({ length: values.length / dimension }, (_, row) =>
    values.subarray(row * dimension, (row + 1) * dimension),
  );
}

/** Texts with the vectors that the full-precision PyTorch model gives them (recipes/reference.py). */
export function referenceTexts(): { text: string; truncated: boolean; vector: Float32Array }[] {
  const { texts, dimension }: { texts: { text: string; truncated: boolean }[]; dimension: number } =
    JSON.parse(readFileSync(join(folder, "minilm.json"), "utf8"));
  const vectors = rows("minilm.f32", dimension);
  return texts.map((text, index) => ({ ...text, vector: vectors[index] }));
}

/** For each picture of the sample, the three of its words that the joint space of the recipes puts nearest. */
export function referenceNeighbours(): {
  label: string;
  nearest: readonly { readonly text: string; readonly similarity: number }[];
}[] {
  interface Stored {
    file: string;
    pictures: { text: string; similarity: number }[];
  }
  const { pictures }: { pictures: Stored[] } = JSON.parse(readFileSync(join(folder, "joint.json"), "utf8"));
  const sample = JSON.parse(readFileSync(join(root, "public/samples/pictures.json"), "utf8"));
  const items: { image?: string; label?: string }[] = sample.items;
  return pictures.map(({ file, pictures: nearest }) => {
    const label = items.find(({ image = "" }) => file.endsWith(`/${image}`) && image !== "")?.label;
    return { label: label ?? file, nearest };
  });
}

/** Pictures with the features that the full-precision PyTorch model gives them, decoded and resized by Pillow. */
export function referencePictures(): {
  name: string;
  content: Buffer;
  /** False for the awkward files of e2e/fixtures/photos. */
  real: boolean;
  topName: string;
  topProbability: number;
  vector: Float32Array;
}[] {
  interface Picture {
    file: string;
    real: boolean;
    topName: string;
    topProbability: number;
  }
  const { pictures, dimension }: { pictures: Picture[]; dimension: number } = JSON.parse(
    readFileSync(join(folder, "efficientnet.json"), "utf8"),
  );
  const vectors = rows("efficientnet.f32", dimension);
  return pictures.map(({ file, ...picture }, index) => ({
    ...picture,
    name: basename(file),
    content: readFileSync(join(root, file)),
    vector: vectors[index],
  }));
}
