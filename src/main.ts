import "@fontsource-variable/inter/wght.css";
import "./app/theme/tokens.css";
import "./app/theme/base.css";
import { readDevice } from "./app/workbench/device-wish";
import { wantsFirstEncoder } from "./app/workbench/first-encoder";
import { FIRST_TEXT_ENCODER } from "./encoders/catalogue";
import { openAhead } from "./encoders/text/ahead";

/** The page waits for the encoder's worker to be told what to open no longer than this: a blink, in milliseconds. */
const HEAD_START = 100;

if (wantsFirstEncoder()) {
  // The encoder takes longest to be ready, and building the page keeps the main thread busy.
  const told = openAhead(FIRST_TEXT_ENCODER, readDevice(location.search));
  await Promise.race([told, new Promise((resolve) => setTimeout(resolve, HEAD_START))]);
}
await import("./app/page");
