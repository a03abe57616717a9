import type { Modality } from "../core/space";
import type { Pooling } from "./card";
import type { NumberFormat } from "./source";

/** A model of the Hub worth trying, as a choice, before anything of it is fetched. */
export interface Preset {
  /** "org/name". */
  readonly id: string;
  readonly title: string;
  readonly modalities: readonly Modality[];
  /** One sentence for people. */
  readonly description: string;
  /** Of the weights, as the model's page or that of the model it was made from names it. */
  readonly licence: string;
  /** How its vectors come about: by a pooling of tokens or cells, "none" where the network gives one vector itself. */
  readonly pooling: Pooling;
  /** Put in front of every text. */
  readonly prefix: string;
  /**
   * About how many megabytes each number format takes, by what the model reads, as its page lists them; exact numbers come
   * from the Hub before the download starts.
   */
  readonly megabytes: Readonly<Partial<Record<Modality, Readonly<Partial<Record<NumberFormat, number>>>>>>;
}

/**
 * Ids, files and sizes as the models' pages on huggingface.co list them (`docs/encoders.md` says how that was checked). The
 * article's own model comes first: its repository holds an ONNX file beside the PyTorch weights.
 */
export const PRESETS: readonly Preset[] = [
  {
    id: "distilbert/distilbert-base-cased",
    title: "DistilBERT base, cased",
    modalities: ["text"],
    description:
      "The article's model: trained to guess words left out of English texts, not to compare them.",
    licence: "apache-2.0",
    pooling: "mean",
    prefix: "",
    megabytes: { text: { fp32: 261 } },
  },
  {
    id: "Xenova/distilbert-base-uncased",
    title: "DistilBERT base, uncased",
    modalities: ["text"],
    description: "The article's model in small letters only, in smaller files.",
    licence: "apache-2.0",
    pooling: "mean",
    prefix: "",
    megabytes: { text: { fp32: 268, fp16: 134, q8: 67.7 } },
  },
  {
    id: "Xenova/all-MiniLM-L6-v2",
    title: "all-MiniLM-L6-v2",
    modalities: ["text"],
    description: "The page's own text encoder, in full precision.",
    licence: "apache-2.0",
    pooling: "mean",
    prefix: "",
    megabytes: { text: { fp32: 90.4, fp16: 45.3, q8: 23 } },
  },
  {
    id: "Xenova/bge-small-en-v1.5",
    title: "bge-small-en-v1.5",
    modalities: ["text"],
    description: "An English sentence encoder for finding texts; its vector is that of the first token.",
    licence: "mit",
    pooling: "cls",
    prefix: "",
    megabytes: { text: { fp32: 133, fp16: 66.7, q8: 34 } },
  },
  {
    id: "Xenova/multilingual-e5-small",
    title: "multilingual-e5-small",
    modalities: ["text"],
    description: "A sentence encoder for a hundred languages, whose words of one meaning lie together.",
    licence: "mit",
    pooling: "mean",
    prefix: "query: ",
    megabytes: { text: { fp32: 470, fp16: 235, q8: 118 } },
  },
  {
    id: "Xenova/resnet-50",
    title: "ResNet-50",
    modalities: ["image"],
    description: "The classic convolutional network, trained on ImageNet's thousand kinds of things.",
    licence: "apache-2.0",
    pooling: "mean",
    prefix: "",
    megabytes: { image: { fp32: 102, fp16: 51.1, q8: 25.8 } },
  },
  {
    id: "Xenova/vit-base-patch16-224",
    title: "ViT base, 16-pixel patches",
    modalities: ["image"],
    description: "The vision transformer, trained on ImageNet: reads a picture as 196 patches.",
    licence: "apache-2.0",
    pooling: "cls",
    prefix: "",
    megabytes: { image: { fp32: 347, fp16: 173, q8: 88.3 } },
  },
  {
    id: "Xenova/dinov2-small",
    title: "DINOv2 small",
    modalities: ["image"],
    description: "Learned to see without any labels: strong at likeness of things and of their parts.",
    licence: "apache-2.0",
    pooling: "cls",
    prefix: "",
    megabytes: { image: { fp32: 88.5, fp16: 44.4, q8: 24.5 } },
  },
  {
    id: "Xenova/clip-vit-base-patch32",
    title: "CLIP ViT-B/32",
    modalities: ["text", "image"],
    description: "Words and pictures in one space, learned from 400 million captioned pictures.",
    licence: "mit",
    pooling: "none",
    prefix: "",
    megabytes: {
      text: { fp32: 254, fp16: 127, q8: 64.5 },
      image: { fp32: 352, fp16: 176, q8: 89.1 },
    },
  },
  {
    id: "Xenova/mobileclip_s0",
    title: "MobileCLIP-S0",
    modalities: ["text", "image"],
    description: "As CLIP, with a picture tower made for phones.",
    licence: "apple-ascl",
    pooling: "none",
    prefix: "",
    megabytes: {
      text: { fp32: 170, fp16: 85, q8: 42.8 },
      image: { fp32: 45.5, fp16: 22.9, q8: 11.8 },
    },
  },
  {
    id: "Xenova/siglip-base-patch16-224",
    title: "SigLIP base",
    modalities: ["text", "image"],
    description: "As CLIP, but each pair of a text and a picture is judged by itself.",
    licence: "apache-2.0",
    pooling: "none",
    prefix: "",
    megabytes: {
      text: { fp32: 441, fp16: 221, q8: 111 },
      image: { fp32: 372, fp16: 186, q8: 99.5 },
    },
  },
];
