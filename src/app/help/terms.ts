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
    title: "Trustworthiness.",
    meaning:
      "How rarely the map puts items side by side that are not neighbours in the space, from 0 to 1. Below 0.8, believe the lines and lists, not the distances you see.",
  },
  continuity: {
    title: "Continuity.",
    meaning:
      "How rarely the map tears apart items that are neighbours in the space, from 0 to 1. Trustworthiness asks for false neighbours, continuity for lost ones.",
  },
  preservation: {
    title: "Neighbours kept.",
    meaning:
      "The share of each item's nearest neighbours in the space that are among its nearest on the map too. Stricter than the two above: a neighbour only just missed counts as lost.",
  },
  qualityNeighbours: {
    title: "Neighbours looked at.",
    meaning: "How many nearest neighbours of each item these measures look at, called k in the literature.",
  },
  qualityError: {
    title: "Sampled.",
    meaning:
      "Large maps are judged by a random part of their items; the true value is this near with 95 % probability.",
  },
  placeTrust: {
    title: "Trust of a place.",
    meaning:
      "From 0 to 1, for each item: 1 when its neighbours on the map are its neighbours in the space, lower the further off they are there. Distances around an item of little trust say little.",
  },
  regions: {
    title: "Clusters.",
    meaning:
      "The regions of this map where items crowd: each hill of the map's density is one. A name tells the words its texts share, or its most typical items. They are read off the map, so believe them as far as you trust it.",
  },
  likeness: {
    title: "Similarity to the selection.",
    meaning:
      "How like the selected item each other one is, in the space; for several, how like the mean of their directions.",
  },
  torn: {
    title: "Far on the map.",
    meaning:
      "A true neighbour in the space that the projection put far away: it stands beyond three times as many neighbours as were looked at.",
  },
  parity: {
    title: "Reference check.",
    meaning:
      "When an encoder is loaded it reads a few probes, and its vectors are compared with those of the original model. This is the cosine of the worst one: 1 is identical.",
  },
  devices: {
    title: "Two devices, one encoder.",
    meaning:
      "The encoder reads some of your items on the graphics card and on the processor, and the two vectors of each are compared. 1 is identical; a graphics card that computes wrongly was seen to give 0.",
  },
  gap: {
    title: "Modality gap.",
    meaning:
      "Encoders that read words and images give each kind a corner of the space of its own. This is the distance between the middles of the two, between 0 (none) and 2.",
  },
  layers: {
    title: "Layers.",
    meaning:
      "A network reads its input step by step. Near the input a word is its spelling; towards the output it is what it means.",
  },
  lettersOnly: {
    title: "Letters only.",
    meaning:
      "Counts runs of characters and knows no meaning. It stands beside the encoder to show what spelling alone would say.",
  },
  oneHot: {
    title: "Words only.",
    meaning:
      "Every word has an axis of its own, so that all different words are equally far from each other. It knows whether two words are the same, and nothing else.",
  },
  probability: {
    title: "Probability.",
    meaning:
      "The classifier's share for this class among the 1,000 it knows. Joint maps place an image by these shares.",
  },
  kept: {
    title: "Not kept.",
    meaning:
      "What is on this page now is gone when it closes: another tab is kept, or the page was opened by an address with words in it.",
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
  perplexity: {
    title: "Perplexity.",
    meaning:
      "About how many neighbours t-SNE thinks each item has: few shows fine clusters, many the large picture. Never more than a third of the items.",
  },
  epochs: {
    title: "Epochs.",
    meaning:
      "How many rounds the layout is improved. Auto takes as many as a map of this size needs; more takes longer.",
  },
  explained: {
    title: "Explained variance.",
    meaning:
      "The share of all the items' spread in the space that an axis shows. What no axis shows is not on the map.",
  },
  separation: {
    title: "Explained between categories.",
    meaning:
      "LDA looks for the straight axes that part the categories best. This is the share of the spread between categories that an axis shows.",
  },
  wordAxes: {
    title: "Word axes.",
    meaning:
      "Each axis is the direction in the space from what one text means to what the other does; items stand along it by how far they go that way.",
  },
  independent: {
    title: "Independent axes.",
    meaning:
      "Takes from each axis what it shares with those before it, so that it tells only what they do not.",
  },
  spherize: {
    title: "Spherize (whitening).",
    meaning:
      "Stretches the space so that no direction varies more than another before it is laid out: a few loud directions no longer drown the quiet ones. Trust is still measured in the space as it was.",
  },
  seed: {
    title: "Seed.",
    meaning: "Where chance starts: the same items, options and seed give the same map.",
  },
} as const;

/** Something on the page that can be asked what it means. */
export type Term = keyof typeof terms;
