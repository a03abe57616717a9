/** What the words and numbers on the page mean, one or two sentences each. */
export const terms = {
  cosine: {
    title: "Cosine similarity.",
    meaning:
      "How far two vectors point the same way: 1 is the same direction, 0 is unrelated. Measured in the space, never on the map.",
  },
  euclidean: {
    title: "Euclidean distance.",
    meaning:
      "The straight-line distance between two vectors in the space: 0 is identical, larger is further.",
  },
  dot: {
    title: "Dot product.",
    meaning:
      "Direction and length of two vectors together: larger is more alike. For vectors of length 1 it equals the cosine.",
  },
  dimension: {
    title: "Dimension.",
    meaning:
      "How many numbers the encoder gives for each item. The projection squeezes them into two or three for the map.",
  },
  trust: {
    title: "Map trust.",
    meaning:
      "Trustworthiness of the projection, from 0 to 1: how rarely the map puts items side by side that are not neighbours in the space. Below 0.8, believe the lines and lists, not the distances you see.",
  },
  parity: {
    title: "Reference check.",
    meaning:
      "When an encoder is loaded it reads a few probes, and its vectors are compared with those of the original model. This is the cosine of the worst one: 1 is identical.",
  },
  lettersOnly: {
    title: "Letters only.",
    meaning:
      "Counts runs of characters and knows no meaning. It stands beside the encoder to show what spelling alone would say.",
  },
  probability: {
    title: "Probability.",
    meaning:
      "The classifier's share for this class among the 1,000 it knows. Joint maps place an image by these shares.",
  },
  kept: {
    title: "Not kept.",
    meaning:
      "What is on this page now is gone when it closes: another tab, or a page opened by its address, is not saved.",
  },
  threads: {
    title: "Device.",
    meaning:
      "What the encoders run on: WebGPU is the graphics card, WASM the processor. Auto takes WebGPU only on a real graphics card.",
  },
  neighbourCount: {
    title: "UMAP neighbours.",
    meaning:
      "How many nearest neighbours of each item UMAP tries to keep together: few shows fine clusters, many shows the large picture.",
  },
  minDistance: {
    title: "Minimum distance.",
    meaning: "How tightly UMAP may pack points: 0 makes dense clumps, larger values spread them.",
  },
  seed: {
    title: "Seed.",
    meaning: "Where chance starts: the same items, options and seed give the same map.",
  },
} as const;

/** Something on the page that can be asked what it means. */
export type Term = keyof typeof terms;
