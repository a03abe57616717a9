import { errorFromReport, NamedError, reportError } from "../../core/errors";
import { connect, type Remote } from "../../remote/connect";
import type { Screen } from "../screen";
import type { ScatterTheme } from "../types";
import { contextLost, webglContext } from "./context";
import { pageFonts } from "./fonts";
import type { Drawn, Frame, PainterMethods, PictureRequest } from "./methods";

/** Milliseconds before a painter that has died is replaced: what ended it, such as want of memory, may be over then. */
const PAUSE = 1000;
/** So many painters are tried one after another before the map is given up. */
const ATTEMPTS = 4;

/** What a painter's client tells the map. */
export interface PainterListener {
  /** The painter has time for a frame. */
  free(): void;
  /** What was drawn is gone (true; `error`: what the painter died of), or all can be drawn anew (false). */
  context(lost: boolean, error?: NamedError): void;
  /** No map can be drawn here. */
  unavailable(error: NamedError): void;
}

/**
 * The page's end of the painter. It draws in a worker, where waiting for the GPU holds nobody, and on the page where
 * workers can't draw. One that dies is replaced; to the map that is a lost context.
 */
export class PainterClient {
  /** True while nothing can be drawn: the context is lost, or a painter has died. */
  lost = false;
  /** Bytes of the points on the GPU, as of the last frame. */
  bytes = 0;
  /** Sent with the next frame when it is another one than before. */
  theme: ScatterTheme;
  private sentTheme: ScatterTheme;
  private remote: Remote<PainterMethods> | undefined;
  private isStarted = false;
  private isDrawing = false;
  private attempts = 0;
  private isClosed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly screen: Screen;
  private readonly listener: PainterListener;

  constructor(screen: Screen, theme: ScatterTheme, listener: PainterListener) {
    this.screen = screen;
    this.theme = this.sentTheme = theme;
    this.listener = listener;
    this.begin(canDrawInWorkers());
  }

  /** True when a frame would be drawn at once: one is under way at most, so that none waits behind another. */
  get free(): boolean {
    return this.isStarted && !this.isDrawing && !this.lost;
  }

  /** Draws a frame; call only while `free`. The frame's arrays are given away; `drawn` gets what comes back of them. */
  draw(frame: Frame, drawn: (result: Drawn) => void): void {
    const { remote, theme, sentTheme } = this;
    if (!remote) return;
    this.isDrawing = true;
    this.sentTheme = theme;
    const input = theme === sentTheme ? frame : { ...frame, theme };
    remote.call("draw", input, { transfer: buffersOf(frame) }).then(
      (result) => {
        this.isDrawing = false;
        this.attempts = 0;
        this.bytes = result.bytes;
        drawn(result);
        this.listener.free();
      },
      (error: NamedError) => this.died(remote, error),
    );
  }

  /** What was drawn last, at another density or in other colours; fails as `Scatter.picture` does. */
  async picture(request: PictureRequest): Promise<ImageBitmap> {
    if (!this.remote || this.lost) throw contextLost();
    return this.remote.call("picture", request);
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.remote?.close();
  }

  private begin(inWorker: boolean): void {
    this.attempts++;
    const { scene, ink } = this.screen.canvases();
    const { theme } = this;
    const screen = this.screen.size;
    this.sentTheme = theme;
    const fonts = pageFonts(scene.ownerDocument, theme.font);
    if (inWorker) {
      const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "map" });
      const canvases = [scene.transferControlToOffscreen(), ink.transferControlToOffscreen()];
      const remote = connect<PainterMethods>(worker);
      const start = { scene: canvases[0], ink: canvases[1], screen, theme, fonts };
      this.start(remote, remote.call("start", start, { transfer: canvases }), true);
      return;
    }
    try {
      // Before all that draws is loaded: where there is no WebGL, it is of no use.
      webglContext(scene);
    } catch (error) {
      this.giveUp(error);
      return;
    }
    import("./local").then(
      ({ localPainter }) => {
        if (this.isClosed) return;
        const remote = localPainter();
        this.start(remote, remote.call("start", { scene, ink, screen, theme, fonts }), false);
      },
      (error) => this.giveUp(error),
    );
  }

  private start(remote: Remote<PainterMethods>, started: Promise<unknown>, inWorker: boolean): void {
    this.remote = remote;
    const isCurrent = () => this.remote === remote && !this.isClosed;
    remote
      .call("watch", undefined, {
        onProgress: ({ lost }) => {
          if (isCurrent()) this.setLost(lost);
        },
      })
      .catch((error: NamedError) => this.died(remote, error));
    started.then(
      () => {
        if (!isCurrent()) return;
        this.isStarted = true;
        if (this.lost) this.setLost(false);
        else this.listener.free();
      },
      (error: NamedError) => {
        if (error.name !== "DeviceUnavailable" || !isCurrent()) return this.died(remote, error);
        this.remote = undefined;
        remote.close();
        // The page itself may be given what its workers are refused.
        if (inWorker) this.begin(false);
        else this.giveUp(error);
      },
    );
  }

  private setLost(lost: boolean, error?: NamedError): void {
    this.lost = lost;
    this.listener.context(lost, error);
  }

  /** A painter has crashed, could not be loaded, or failed to draw: another one takes its place, with canvases of its own. */
  private died(remote: Remote<PainterMethods>, error: NamedError): void {
    if (this.remote !== remote || this.isClosed) return;
    this.remote = undefined;
    remote.close();
    this.isStarted = this.isDrawing = false;
    if (this.attempts >= ATTEMPTS) {
      this.giveUp(error);
      return;
    }
    if (!this.lost) this.setLost(true, error);
    this.timer = setTimeout(() => this.begin(canDrawInWorkers()), PAUSE);
  }

  private giveUp(thrown: unknown): void {
    this.lost = true;
    const error = thrown instanceof NamedError ? thrown : errorFromReport(reportError(thrown));
    // Never before the map's maker can listen.
    this.timer = setTimeout(() => this.listener.unavailable(error));
  }
}

/** False for browsers whose workers have no canvases; where they have some without WebGL 2, that shows when one starts. */
function canDrawInWorkers(): boolean {
  return "OffscreenCanvas" in globalThis && "transferControlToOffscreen" in HTMLCanvasElement.prototype;
}

/** The memory of a frame's arrays, which is moved to the worker. Pictures stay the app's, and are copied. */
function buffersOf({ points, marked, lines, pages, ink, look }: Frame): Transferable[] {
  const from = points?.from === "to" ? undefined : points?.from;
  const instances = pages?.map((page) => page.instances) ?? [];
  return [
    points?.to,
    from,
    points?.style,
    marked?.indices,
    lines,
    look?.matrix,
    ink?.numbers,
    ...instances,
  ].flatMap((numbers) => (numbers && numbers.byteLength > 0 ? numbers.buffer : []));
}
