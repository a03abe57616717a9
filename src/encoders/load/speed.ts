/** The speed shown is that of the last so many milliseconds: short enough to follow a change, long enough to be read. */
const WINDOW = 3000;

/** How fast bytes come. */
export class Speed {
  private readonly samples: { readonly time: number; readonly bytes: number }[] = [];

  /** Notes that `bytes` have come in all at `now` (milliseconds), and gives the bytes per second of late. */
  at(bytes: number, now: number): number {
    const { samples } = this;
    // A damaged file is fetched again from its beginning.
    if (bytes < (samples.at(-1)?.bytes ?? 0)) samples.length = 0;
    samples.push({ time: now, bytes });
    while (samples.length > 2 && samples[1].time <= now - WINDOW) samples.shift();
    const [first] = samples;
    return now > first.time ? ((bytes - first.bytes) / (now - first.time)) * 1000 : 0;
  }
}
