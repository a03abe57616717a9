import "@fontsource-variable/inter/wght.css";
import "./app/theme/tokens.css";
import "./app/theme/base.css";
import { readDevice } from "./app/workbench/device-wish";
import { wantsFirstEncoder } from "./app/workbench/first-encoder";
import { openAhead } from "./encoders/text/ahead";

/** The page waits for the encoder's worker to be told what to open no longer than this: a blink, in milliseconds. */
const HEAD_START = 100;

/** Brings the encoder on its way, then the page. */
async function start(): Promise<void> {
  if (wantsFirstEncoder()) {
    // The encoder takes longest to be ready, and building the page keeps the main thread busy.
    const told = openAhead(readDevice(location.search));
    await Promise.race([told, new Promise((resolve) => setTimeout(resolve, HEAD_START))]);
  }
  await documentAndStyles();
  await import("./app/page");
}

/** This script runs as soon as it is there; the page needs the whole document, and measures itself by its styles. */
async function documentAndStyles(): Promise<void> {
  if (document.readyState === "loading") {
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  }
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  const coming = links.filter(({ sheet }) => !sheet);
  await Promise.all(
    coming.map(
      (link) =>
        new Promise((resolve) => {
          for (const event of ["load", "error"]) link.addEventListener(event, resolve, { once: true });
        }),
    ),
  );
}

// No `await` here: what the page shares with this file is in its script, and would wait for it for ever.
void start();
