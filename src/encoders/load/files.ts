import { NamedError } from "../../core/errors";
import { type KnownFile, shortName } from "./fetch";

/** A file of the page. */
export interface PageFile extends KnownFile {
  readonly from: "page";
}

/** A file of the Hub, kept once it has been fetched. */
export interface HubFile {
  readonly from: "hub";
  /** With the commit in it, so that its content never changes. */
  readonly url: string;
  readonly bytes: number;
  /** Lower-case hexadecimal; the Hub says it of large files. */
  readonly sha256?: string;
  /** Git's own name for the content, in hexadecimal; the Hub says it of small files. */
  readonly blobId?: string;
}

/** A file of the user's disk. */
export interface DiskFile {
  readonly from: "disk";
  readonly file: File;
}

/** Where a worker gets a file from. Survives structured cloning. */
export type FileAt = PageFile | HubFile | DiskFile;

/** The files of one model, by what they are for. */
export interface ModelFiles {
  /** The ONNX graph, usually with the weights in it. */
  readonly weights: FileAt;
  /** Weights outside the graph, by the path that the graph gives them. */
  readonly external: Readonly<Record<string, FileAt>>;
  /** `tokenizer.json`. */
  readonly tokenizer?: FileAt;
  /** `tokenizer_config.json`. */
  readonly tokenizerConfig?: FileAt;
  /** A list of class names, in the order of the logits. */
  readonly classes?: FileAt;
}

/** Bytes of a file, as far as they are known before it is fetched. */
export function fileBytes(file: FileAt): number {
  return file.from === "disk" ? file.file.size : file.bytes;
}

/** What to call a file in an error. */
export function fileName(file: FileAt): string {
  return file.from === "disk" ? `“${file.file.name}”` : shortName(file.url);
}

/** A file that a model can't do without. Throws `ModelNotFound` when it has none. */
export function required(file: FileAt | undefined, name: string): FileAt {
  if (file) return file;
  throw new NamedError("ModelNotFound", `The model has no ${name}.`, {
    advice: `Choose ${name} along with the model's other files.`,
  });
}
