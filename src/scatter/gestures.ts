/** What the pointer, the fingers and the wheel mean; coordinates are CSS pixels from the top left of the map. */
export interface GestureListener {
  /** The pointer rests at or moves over a place without a button; null: it left. */
  hover(at: { x: number; y: number } | null): void;
  click(x: number, y: number, extend: boolean): void;
  doubleClick(x: number, y: number): void;
  /** A drag of the map begins or ends. */
  grab(held: boolean): void;
  /** The map is dragged by (dx, dy); `shift`: with the right button, or with shift held. */
  drag(dx: number, dy: number, shift: boolean): void;
  /** Fingers spread (above 1) or close about a place, or the wheel turns. */
  zoom(factor: number, x: number, y: number, smooth: boolean): void;
  /** A shape is being drawn: a lasso or a box, as `x0, y0, x1, y1, …`; null: it was given up. */
  draw(polygon: readonly number[] | null): void;
  enclose(polygon: readonly number[], extend: boolean): void;
  /** What a drag that begins now does. */
  mode(event: { shift: boolean; secondary: boolean }): "move" | "shift-move" | "lasso" | "box";
}

/** A press that moves less is a click, in CSS pixels; fingers tremble more. */
const CLICK_SLACK = 4;
const TOUCH_SLACK = 9;
/** Two clicks within this time and distance are a double click. */
const DOUBLE_CLICK_MS = 320;
const DOUBLE_CLICK_PX = 24;
/** Zoom per pixel of wheel: a notch of 100 px zooms by 1.22. */
const WHEEL_RATE = 0.002;
/** Pinching on a trackpad comes as a wheel with ctrl and much smaller steps. */
const PINCH_RATE = 0.01;
const PIXELS_PER_LINE = 16;
const PIXELS_PER_PAGE = 400;
/** A lasso's corners are at least this far apart, CSS pixels: more would not be visible. */
const LASSO_STEP = 3;

interface Finger {
  x: number;
  y: number;
}

/** Turns pointer and wheel events of one element into gestures. Returns a function that stops listening. */
export function listenForGestures(element: HTMLElement, listener: GestureListener): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const fingers = new Map<number, Finger>();
  let pressed: { x: number; y: number; extend: boolean; secondary: boolean; shift: boolean } | null = null;
  let mode: ReturnType<GestureListener["mode"]> | null = null;
  let shape: number[] = [];
  /** True when the shape being drawn is one that shift asked for, not the tool. */
  let shaped = false;
  let lastClick = { x: 0, y: 0, time: Number.NEGATIVE_INFINITY };
  let swallowMenu = false;

  const place = (event: MouseEvent): Finger => {
    const box = element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  const giveUp = (): void => {
    if (mode === "lasso" || mode === "box") listener.draw(null);
    if (mode !== null) listener.grab(false);
    mode = null;
    pressed = null;
    shape = [];
  };

  const begin = (event: PointerEvent, at: Finger): void => {
    if (!pressed) return;
    mode = listener.mode({ shift: pressed.shift, secondary: pressed.secondary });
    shaped = pressed.shift && listener.mode({ shift: false, secondary: pressed.secondary }) !== mode;
    shape = [pressed.x, pressed.y];
    listener.hover(null);
    listener.grab(true);
    swallowMenu = pressed.secondary;
    if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
    // What was moved before it was known to be a drag is made up for.
    if (mode === "move" || mode === "shift-move") {
      listener.drag(at.x - pressed.x, at.y - pressed.y, mode === "shift-move");
    }
  };

  const extendShape = (at: Finger): void => {
    if (mode === "box") {
      const [x, y] = shape;
      shape = [x, y, at.x, y, at.x, at.y, x, at.y];
    } else if (Math.hypot(at.x - shape[shape.length - 2], at.y - shape[shape.length - 1]) >= LASSO_STEP) {
      shape.push(at.x, at.y);
    }
    listener.draw(shape);
  };

  const pinch = (id: number, at: Finger): void => {
    const moved = fingers.get(id);
    const other = [...fingers].find(([otherId]) => otherId !== id)?.[1];
    if (!moved || !other) return;
    const before = Math.hypot(moved.x - other.x, moved.y - other.y);
    const after = Math.hypot(at.x - other.x, at.y - other.y);
    listener.drag((at.x - moved.x) / 2, (at.y - moved.y) / 2, true);
    if (before > 0 && after > 0) {
      listener.zoom(after / before, (at.x + other.x) / 2, (at.y + other.y) / 2, false);
    }
  };

  element.addEventListener(
    "pointerdown",
    (event) => {
      if (event.button === 1) return;
      const at = place(event);
      fingers.set(event.pointerId, at);
      swallowMenu = false;
      if (fingers.size === 1) {
        const extend = event.shiftKey || event.ctrlKey || event.metaKey;
        pressed = { ...at, extend, secondary: event.button === 2, shift: event.shiftKey };
      } else {
        giveUp();
        listener.grab(true);
        element.setPointerCapture(event.pointerId);
      }
    },
    { signal },
  );

  element.addEventListener(
    "pointermove",
    (event) => {
      const at = place(event);
      const before = fingers.get(event.pointerId);
      if (!before) {
        if (event.pointerType !== "touch" && event.buttons === 0) listener.hover(at);
        return;
      }
      if (fingers.size > 1) {
        pinch(event.pointerId, at);
      } else if (mode === null && pressed) {
        const slack = event.pointerType === "touch" ? TOUCH_SLACK : CLICK_SLACK;
        if (Math.hypot(at.x - pressed.x, at.y - pressed.y) < slack) return;
        begin(event, at);
      } else if (mode === "move" || mode === "shift-move") {
        listener.drag(at.x - before.x, at.y - before.y, mode === "shift-move");
      }
      if (mode === "lasso" || mode === "box") extendShape(at);
      fingers.set(event.pointerId, at);
    },
    { signal },
  );

  const released = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    const at = place(event);
    if (fingers.size > 0) {
      // One finger of a pinch was lifted; the other must not act as a click.
      pressed = null;
      if (fingers.size === 1) mode = "shift-move";
      return;
    }
    if (mode === "lasso" || mode === "box") {
      const polygon = shape;
      // Where shift alone made the drag a box, it doesn't also add.
      const extend = event.ctrlKey || event.metaKey || (!shaped && event.shiftKey);
      giveUp();
      if (polygon.length >= 6) listener.enclose(polygon, extend);
    } else if (mode === null && pressed && !pressed.secondary) {
      const twice =
        event.timeStamp - lastClick.time < DOUBLE_CLICK_MS &&
        Math.hypot(at.x - lastClick.x, at.y - lastClick.y) < DOUBLE_CLICK_PX;
      if (twice) listener.doubleClick(at.x, at.y);
      else listener.click(pressed.x, pressed.y, pressed.extend);
      lastClick = { ...at, time: twice ? Number.NEGATIVE_INFINITY : event.timeStamp };
      pressed = null;
    } else {
      giveUp();
    }
    listener.grab(false);
    if (event.pointerType !== "touch") listener.hover(at);
  };
  element.addEventListener("pointerup", released, { signal });

  element.addEventListener(
    "pointercancel",
    (event) => {
      fingers.delete(event.pointerId);
      giveUp();
      listener.grab(false);
    },
    { signal },
  );

  // A shape that went wrong is given up as everything else is.
  element.ownerDocument.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || (mode !== "lasso" && mode !== "box")) return;
      event.stopPropagation();
      giveUp();
      fingers.clear();
    },
    { signal, capture: true },
  );

  element.addEventListener("pointerleave", () => listener.hover(null), { signal });

  element.addEventListener(
    "contextmenu",
    (event) => {
      if (swallowMenu) event.preventDefault();
    },
    { signal },
  );

  element.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? PIXELS_PER_LINE : event.deltaMode === 2 ? PIXELS_PER_PAGE : 1;
      const rate = event.ctrlKey ? PINCH_RATE : WHEEL_RATE;
      const { x, y } = place(event);
      // Browsers turn shift + wheel sideways.
      const delta = event.deltaY || event.deltaX;
      listener.zoom(Math.exp(-delta * unit * rate), x, y, true);
    },
    { signal, passive: false },
  );

  return () => stop.abort();
}
