import { NamedError } from "../../core/errors";
import { type Handlers, moved } from "../../remote/protocol";
import type { PainterMethods } from "./methods";
import { Painter } from "./painter";

/** Answers what is asked of a painter, in a worker or on the page. */
export function painterHandlers(): Handlers<PainterMethods> {
  let painter: Painter | undefined;
  let tell: ((lost: boolean) => void) | undefined;
  const started = () => {
    if (!painter) throw new NamedError("NotReady", "The map's painter has not been given its canvases.");
    return painter;
  };
  return {
    start(input) {
      painter = new Painter(input, (lost) => tell?.(lost));
      return undefined;
    },
    watch(_, { progress }) {
      tell = (lost) => progress({ lost });
      return new Promise(() => {});
    },
    async draw(frame) {
      const drawn = await started().draw(frame);
      const memory = [drawn.to, drawn.ink?.numbers].flatMap((numbers) => numbers?.buffer ?? []);
      return moved(drawn, memory);
    },
    picture(request) {
      const picture = started().picture(request);
      return moved(picture, [picture]);
    },
    stop() {
      painter?.stop();
      return undefined;
    },
  };
}
