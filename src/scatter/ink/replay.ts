import { type InkList, Op } from "./list";

/**
 * Draws what an `InkRecorder` took down: the same calls in the same order. The context is left as the last of them leaves
 * it. Imports nothing of the page, so that a worker can draw with it on an `OffscreenCanvas`; the fonts that a list names
 * have to be known where it is drawn.
 *
 * @throws RangeError for a list that no `InkRecorder` made.
 */
export function replay(
  { numbers, used, texts }: InkList,
  context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
): void {
  let at = 0;
  const number = () => numbers[at++];
  const text = () => texts[numbers[at++]];
  while (at < used) {
    const code = number();
    // Arguments are evaluated from left to right, which is the order they were written in.
    switch (code) {
      case Op.setTransform:
        context.setTransform(number(), number(), number(), number(), number(), number());
        break;
      case Op.clearRect:
        context.clearRect(number(), number(), number(), number());
        break;
      case Op.fillRect:
        context.fillRect(number(), number(), number(), number());
        break;
      case Op.beginPath:
        context.beginPath();
        break;
      case Op.closePath:
        context.closePath();
        break;
      case Op.moveTo:
        context.moveTo(number(), number());
        break;
      case Op.lineTo:
        context.lineTo(number(), number());
        break;
      case Op.arc:
        context.arc(number(), number(), number(), number(), number());
        break;
      case Op.roundRect:
        context.roundRect(number(), number(), number(), number(), number());
        break;
      case Op.fill:
        context.fill();
        break;
      case Op.stroke:
        context.stroke();
        break;
      case Op.fillText:
        context.fillText(text(), number(), number());
        break;
      case Op.strokeText:
        context.strokeText(text(), number(), number());
        break;
      case Op.fillStyle:
        context.fillStyle = text();
        break;
      case Op.strokeStyle:
        context.strokeStyle = text();
        break;
      case Op.lineWidth:
        context.lineWidth = number();
        break;
      case Op.lineJoin:
        context.lineJoin = text() as CanvasLineJoin;
        break;
      case Op.globalAlpha:
        context.globalAlpha = number();
        break;
      case Op.font:
        context.font = text();
        break;
      case Op.textAlign:
        context.textAlign = text() as CanvasTextAlign;
        break;
      case Op.textBaseline:
        context.textBaseline = text() as CanvasTextBaseline;
        break;
      case Op.direction:
        context.direction = text() as CanvasDirection;
        break;
      default:
        throw new RangeError(`no canvas operation has the code ${code}, at ${at - 1} of ${used} numbers`);
    }
  }
}
