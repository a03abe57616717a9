import { cosine } from "../../src/core/vectors";
import { openImageEncoder, openTextEncoder, page } from "../../src/encoders";
import { connect } from "../../src/remote/connect";
import type { BenchContext } from "../context";
import type { CallSize, PeerMethods } from "./encoders-peer";

const textModel = "all-minilm-l6-v2";
const imageModel = "efficientnet-lite0";

const peer = connect<PeerMethods>(
  new Worker(new URL("./encoders-peer.ts", import.meta.url), { type: "module", name: "transformers.js" }),
);

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** Opens both sides' encoders on a device, on WASM with the same number of threads. */
async function openBoth(device: BenchContext["device"]) {
  const text = await openTextEncoder({ source: page(textModel) }, { device });
  const image = await openImageEncoder({ source: page(imageModel) }, { device });
  if (text.device.kind !== device) throw new Error(`there is no ${device} here`);
  const folder = (path: string) => new URL(path, document.baseURI).href;
  const { threads } = text.device;
  await peer.call("open", {
    models: folder("models/"),
    runtime: folder("ort/"),
    device,
    threads,
    text: textModel,
    image: imageModel,
  });
  return { text, image, threads };
}

let opened: ReturnType<typeof openBoth> | undefined;

/** Opens both sides' encoders, before anything else; resolves to the threads of WASM. */
async function open(device: BenchContext["device"]): Promise<number> {
  opened = openBoth(device);
  return (await opened).threads;
}

function encoders(): ReturnType<typeof openBoth> {
  if (!opened) throw new Error("nothing is open");
  return opened;
}

async function ourTexts(texts: readonly string[]): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  await (await encoders()).text.encode(texts, {
    onResults(results, failures) {
      if (failures.length > 0) throw new Error(failures[0].error.message);
      for (const { index, vector } of results) vectors[index] = vector;
    },
  });
  return vectors;
}

async function ourImages(images: readonly Blob[]): Promise<void> {
  await (await encoders()).image.encode(images, {
    onResults(_, failures) {
      if (failures.length > 0) throw new Error(failures[0].error.message);
    },
  });
}

/** Seconds of one encoding of the texts by us and, in each of the ways, by the peer. */
async function texts(list: readonly string[], sizes: readonly CallSize[]) {
  await encoders();
  const ours = await seconds(() => ourTexts(list));
  const peers: number[] = [];
  for (const size of sizes) peers.push(await seconds(() => peer.call("texts", { texts: list, size })));
  return { ours, peers };
}

/**
 * The worst cosine between our vectors of the first texts of a list and the peer's: both must have done the same work. All
 * of the list is encoded by us, so that the vectors come from where many texts are encoded.
 */
async function agreement(list: readonly string[], compared: number): Promise<number> {
  const ours = (await ourTexts(list)).slice(0, compared);
  const theirs = await peer.call("texts", { texts: list.slice(0, compared), size: 1 });
  return Math.min(...ours.map((vector, row) => cosine(vector, theirs.subarray(row * 384, (row + 1) * 384))));
}

/** A picture as a phone's camera of 12 megapixels would give it: 4,032 pixels on the longer side, as JPEG. */
async function enlarged(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture);
  const scale = 4032 / Math.max(bitmap.width, bitmap.height);
  const canvas = new OffscreenCanvas(bitmap.width * scale, bitmap.height * scale);
  const context = canvas.getContext("2d", { alpha: false });
  if (!context) throw new Error("no canvas");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
}

const pictures = new Map<string, Promise<Blob>>();

/** The picture at an address, fetched and enlarged once. */
function picture(address: string, large: boolean): Promise<Blob> {
  const key = `${address} ${large}`;
  let blob = pictures.get(key);
  if (!blob) {
    const fetched = fetch(address).then((response) => response.blob());
    blob = large ? fetched.then(enlarged) : fetched;
    pictures.set(key, blob);
  }
  return blob;
}

/** Seconds of one encoding of the pictures at these addresses by us and, in each of the ways, by the peer. */
async function images(addresses: readonly string[], large: boolean, sizes: readonly CallSize[]) {
  await encoders();
  const blobs = await Promise.all(addresses.map((address) => picture(address, large)));
  const ours = await seconds(() => ourImages(blobs));
  const peers: number[] = [];
  for (const size of sizes) peers.push(await seconds(() => peer.call("images", { images: blobs, size })));
  return { ours, peers };
}

export const bench = { open, texts, agreement, images };
Object.assign(window, { bench });
