/** A graphics device that goes away under an encoder, for real: `GPUDevice.destroy()` inside its worker. */
import { openEncoders, test } from "../support/encoders";
import { inEveryWorker } from "../support/every-worker";
import { cosine } from "../support/page";
import { expect } from "../support/test";

/** Lets a worker's device be destroyed by a message. */
const DESTROYER = `
  const ask = GPUAdapter.prototype.requestDevice;
  GPUAdapter.prototype.requestDevice = async function (...given) {
    const device = await ask.apply(this, given);
    new BroadcastChannel("destroy").onmessage = () => device.destroy();
    return device;
  };`;

test("a lost device is named and ends the encoder, whose vectors were those of WASM", async ({
  page,
  hub,
  lab,
}) => {
  await inEveryWorker(page, DESTROYER);
  await openEncoders(page, lab);
  const seen = await page.evaluate(async () => {
    const { openTextEncoder } = window.encodersPage;
    type Handle = Awaited<ReturnType<typeof openTextEncoder>>;
    const open = (device: "webgpu" | "wasm") =>
      openTextEncoder({ source: { from: "hub", id: "tiny/minilm" }, format: "fp32" }, { device });
    const encode = async (handle: Handle) => {
      const vectors: number[][] = [];
      await handle.encode(["football"], {
        onResults(results) {
          for (const { vector } of results) vectors.push(Array.from(vector));
        },
      });
      return vectors[0];
    };
    const named = (thrown: Error) => thrown.name;
    const first = await open("webgpu");
    const before = await encode(first);
    new BroadcastChannel("destroy").postMessage("now");
    const errors = [await encode(first).catch(named), await encode(first).catch(named)];
    first.close();
    const second = await open("wasm");
    const after = await encode(second);
    second.close();
    return { device: first.device.kind, before, errors, after };
  });
  expect(seen.device).toBe("webgpu");
  expect(seen.errors).toEqual(["DeviceLost", "DeviceLost"]);
  expect(cosine(seen.after, seen.before)).toBeGreaterThan(0.99999);
  expect(hub.requests.filter(({ path }) => path.startsWith("/cdn/"))).toHaveLength(1);
});
