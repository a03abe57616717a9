import type { Page } from "./test";

/** A place on the screen in CSS pixels. */
export interface ScreenPlace {
  readonly x: number;
  readonly y: number;
}

/** What the page shows from now on, picture by picture. */
export interface Film {
  /** Ends the recording; the pictures as files in base64, in order. */
  stop(): Promise<readonly string[]>;
}

/** Records every picture that the browser puts on the screen. */
export async function startFilm(page: Page): Promise<Film> {
  const session = await page.context().newCDPSession(page);
  const pictures: string[] = [];
  session.on("Page.screencastFrame", ({ data, sessionId }) => {
    pictures.push(data);
    session.send("Page.screencastFrameAck", { sessionId }).catch(() => undefined);
  });
  await session.send("Page.startScreencast", { format: "jpeg", quality: 95 });
  return {
    async stop() {
      await session.send("Page.stopScreencast");
      await session.detach();
      return pictures;
    },
  };
}

/**
 * Where the middle of the map's dots of one colour, "rgb(191, 80, 8)", is in each picture; null where none is seen. Shades
 * between the colour and the map's ground count, as dots have soft edges and fade with depth.
 */
export async function placesOf(
  page: Page,
  pictures: readonly string[],
  colour: string,
): Promise<(ScreenPlace | null)[]> {
  return page.evaluate(
    async ([pictures, colour]) => {
      const numbers = (css: string) => (css.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
      const ground = numbers(getComputedStyle(document.body).backgroundColor);
      const ink = numbers(colour).map((value, channel) => value - ground[channel]);
      const strength = Math.hypot(...ink);
      const map = document.querySelector("section[aria-label='Map'] [role='application']") as HTMLElement;
      const box = map.getBoundingClientRect();
      // What lies on the map repeats its colours.
      const covers = Array.from(
        document.querySelectorAll("section[aria-label='Map'] :is([role='toolbar'], section)"),
        (element) => element.getBoundingClientRect(),
      );
      const isCovered = (x: number, y: number) =>
        covers.some(({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom);
      const places: ({ x: number; y: number } | null)[] = [];
      for (const picture of pictures) {
        const blob = await (await fetch(`data:application/octet-stream;base64,${picture}`)).blob();
        const bitmap = await createImageBitmap(blob);
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = canvas.getContext("2d") as OffscreenCanvasRenderingContext2D;
        context.drawImage(bitmap, 0, 0);
        const scale = bitmap.width / innerWidth;
        const [left, top] = [box.left, box.top].map((at) => Math.round(at * scale));
        const size = [box.width, box.height].map((length) => Math.floor(length * scale)) as [number, number];
        const { data, width } = context.getImageData(left, top, ...size);
        let [sum, across, down] = [0, 0, 0];
        for (let at = 0; at < data.length; at += 4) {
          const x = (left + ((at / 4) % width)) / scale;
          const y = (top + Math.floor(at / 4 / width)) / scale;
          const shade = [0, 1, 2].map((channel) => data[at + channel] - ground[channel]);
          const length = Math.hypot(...shade);
          if (length < strength / 2) continue;
          const likeness = shade.reduce((total, value, channel) => total + value * ink[channel], 0);
          if (likeness < 0.96 * length * strength || isCovered(x, y)) continue;
          sum += length;
          across += length * x;
          down += length * y;
        }
        places.push(sum > 0 ? { x: across / sum, y: down / sum } : null);
      }
      return places;
    },
    [pictures, colour] as const,
  );
}
