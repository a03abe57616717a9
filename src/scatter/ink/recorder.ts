import { type InkList, Op } from "./list";

/** Numbers in a new list: enough for the labels of a full view, so that it hardly ever has to grow. */
const FIRST_ROOM = 4096;
/** The longest operation: its code and six arguments. */
const LONGEST = 7;

/**
 * Takes down what is drawn, to be drawn by `replay`, here or in a worker. It has the methods and properties of a canvas'
 * context that the map needs, with the same meaning; they can't be read back.
 */
export class InkRecorder {
  private numbers = new Float64Array(FIRST_ROOM);
  private used = 0;
  private texts: string[] = [];
  private readonly places = new Map<string, number>();

  /** What was taken down since the last call. It is the caller's from now on; see `reuse`. */
  take(): InkList {
    const { numbers, used, texts } = this;
    this.numbers = new Float64Array(0);
    this.used = 0;
    this.texts = [];
    this.places.clear();
    return { numbers, used, texts };
  }

  /** Gives a list's memory back, so that the next one needs none of its own. The list must not be used afterwards. */
  reuse({ numbers }: InkList): void {
    if (this.used === 0 && numbers.length > this.numbers.length) this.numbers = numbers;
  }

  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void {
    this.add(Op.setTransform, 6, a, b, c, d, e, f);
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.add(Op.clearRect, 4, x, y, width, height);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.add(Op.fillRect, 4, x, y, width, height);
  }

  beginPath(): void {
    this.add(Op.beginPath, 0);
  }

  closePath(): void {
    this.add(Op.closePath, 0);
  }

  moveTo(x: number, y: number): void {
    this.add(Op.moveTo, 2, x, y);
  }

  lineTo(x: number, y: number): void {
    this.add(Op.lineTo, 2, x, y);
  }

  arc(x: number, y: number, radius: number, start: number, end: number): void {
    this.add(Op.arc, 5, x, y, radius, start, end);
  }

  roundRect(x: number, y: number, width: number, height: number, corner: number): void {
    this.add(Op.roundRect, 5, x, y, width, height, corner);
  }

  fill(): void {
    this.add(Op.fill, 0);
  }

  stroke(): void {
    this.add(Op.stroke, 0);
  }

  fillText(text: string, x: number, y: number): void {
    this.add(Op.fillText, 3, this.placeOf(text), x, y);
  }

  strokeText(text: string, x: number, y: number): void {
    this.add(Op.strokeText, 3, this.placeOf(text), x, y);
  }

  set fillStyle(colour: string) {
    this.add(Op.fillStyle, 1, this.placeOf(colour));
  }

  set strokeStyle(colour: string) {
    this.add(Op.strokeStyle, 1, this.placeOf(colour));
  }

  set lineWidth(width: number) {
    this.add(Op.lineWidth, 1, width);
  }

  set lineJoin(join: CanvasLineJoin) {
    this.add(Op.lineJoin, 1, this.placeOf(join));
  }

  set globalAlpha(alpha: number) {
    this.add(Op.globalAlpha, 1, alpha);
  }

  set font(font: string) {
    this.add(Op.font, 1, this.placeOf(font));
  }

  set textAlign(align: CanvasTextAlign) {
    this.add(Op.textAlign, 1, this.placeOf(align));
  }

  set textBaseline(baseline: CanvasTextBaseline) {
    this.add(Op.textBaseline, 1, this.placeOf(baseline));
  }

  set direction(direction: CanvasDirection) {
    this.add(Op.direction, 1, this.placeOf(direction));
  }

  /** Writes all six arguments, and keeps the first `count`: the next operation overwrites the others. */
  private add(code: number, count: number, a = 0, b = 0, c = 0, d = 0, e = 0, f = 0): void {
    if (this.used + LONGEST > this.numbers.length) this.grow();
    const { numbers, used } = this;
    numbers[used] = code;
    numbers[used + 1] = a;
    numbers[used + 2] = b;
    numbers[used + 3] = c;
    numbers[used + 4] = d;
    numbers[used + 5] = e;
    numbers[used + 6] = f;
    this.used += 1 + count;
  }

  private grow(): void {
    const larger = new Float64Array(Math.max(FIRST_ROOM, this.numbers.length * 2));
    larger.set(this.numbers.subarray(0, this.used));
    this.numbers = larger;
  }

  private placeOf(text: string): number {
    let place = this.places.get(text);
    if (place === undefined) {
      place = this.texts.push(text) - 1;
      this.places.set(text, place);
    }
    return place;
  }
}
