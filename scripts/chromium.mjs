/** Finds a Chromium that really starts, or installs one. Used by the end-to-end tests and the benchmarks. */
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { root } from "./setup.mjs";

/** Keeps the browser from talking to anybody, and lets it run as root inside a container. */
const quietFlags = [
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
];

/** True where `NEARFIELD_GPU` asks for the machine's own GPU: for benchmarks, whose figures then are a GPU's. */
export const usesGpu = Boolean(process.env.NEARFIELD_GPU);

/** WebGL2 in software: tests and figures are the same with and without a GPU. */
const softwareFlags = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"];

/** The machine's own GPU without a display: on Linux a headless Chromium reaches it through Vulkan alone. */
const gpuFlags =
  process.platform === "linux"
    ? ["--use-angle=vulkan", "--enable-features=Vulkan", "--disable-vulkan-surface", "--ignore-gpu-blocklist"]
    : ["--enable-gpu"];

/** WebGL2 in software or, where asked for, on the GPU: the map is drawn on machines without one. */
export const chromiumFlags = usesGpu
  ? [...quietFlags, ...gpuFlags, "--enable-unsafe-webgpu"]
  : [...quietFlags, ...softwareFlags];

/** As above, with a WebGPU adapter; in software `isFallbackAdapter` is true. */
export const webgpuFlags = usesGpu
  ? chromiumFlags
  : [...chromiumFlags, "--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader"];

/** Names the browser goes by on Linux. */
const commandNames = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

/** Where it lives when it is not on PATH. */
const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A download that takes longer than this is not coming. */
const downloadTimeout = 5 * 60_000;

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Paths that may hold a Chromium, best first: what the user named, Playwright's own, what the system has.
 *
 * @returns {string[]}
 */
export function chromiumCandidates(env = process.env) {
  const named = [env.NEARFIELD_CHROMIUM ?? "", env.CHROME_PATH ?? ""];
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => commandNames.map((name) => join(folder, name)));
  const all = [...named, chromium.executablePath(), ...onPath, ...usualPlaces];
  return [...new Set(all)].filter((path) => path !== "" && isExecutable(path));
}

/**
 * The first candidate that starts. A file may be there and yet lack libraries, or be a stub of a package manager.
 *
 * @returns {Promise<string | undefined>}
 */
export async function findChromium() {
  for (const executablePath of chromiumCandidates()) {
    try {
      const browser = await chromium.launch({ executablePath, args: quietFlags, timeout: 60_000 });
      await browser.close();
      return executablePath;
    } catch (error) {
      const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
      console.error(`${executablePath} does not start (${reason}).`);
    }
  }
  return undefined;
}

/** `sudo -n`, or nothing when this is root; undefined when the system may not be changed. */
function privilege() {
  if (process.getuid?.() === 0) return [];
  return spawnSync("sudo", ["-n", "true"]).status === 0 ? ["sudo", "-n"] : undefined;
}

/** @param {string[]} command */
function attempt(command) {
  const [program = "", ...args] = command;
  console.error(`… ${command.join(" ")}`);
  const result = spawnSync(program, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    timeout: downloadTimeout,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
  return result.status === 0;
}

/** Ways to get a Chromium, in the order in which they are tried. */
function installations() {
  const playwright = [
    process.execPath,
    join(root, "node_modules", "@playwright", "test", "cli.js"),
    "install",
  ];
  const elevated = privilege();
  /** @type {string[][][]} */
  const ways = [[[...playwright, "chromium"]]];
  if (elevated) {
    // Its own browser may be there now and only want libraries.
    ways.push([[...playwright, "--with-deps", "chromium"]]);
    const has = (/** @type {string} */ name) =>
      (process.env.PATH ?? "").split(delimiter).some((folder) => existsSync(join(folder, name)));
    if (has("apt-get")) {
      ways.push([
        [...elevated, "apt-get", "update"],
        [...elevated, "apt-get", "install", "-y", "--no-install-recommends", "chromium"],
      ]);
    }
    if (has("dnf")) ways.push([[...elevated, "dnf", "install", "-y", "chromium"]]);
    if (has("apk")) ways.push([[...elevated, "apk", "add", "chromium"]]);
    if (has("pacman")) ways.push([[...elevated, "pacman", "-Sy", "--noconfirm", "chromium"]]);
  }
  if (process.platform === "darwin") ways.push([["brew", "install", "--cask", "chromium"]]);
  return ways;
}

/**
 * The path of a Chromium that starts; installs one when there is none. Ends the process, saying what to do, when
 * that fails too.
 */
export async function requireChromium() {
  const found = await findChromium();
  if (found) return found;
  console.error("No Chromium was found; installing one.");
  for (const way of installations()) {
    if (!way.every(attempt)) continue;
    const installed = await findChromium();
    if (installed) return installed;
  }
  console.error("No Chromium could be installed. Install one, or name it in NEARFIELD_CHROMIUM.");
  process.exit(1);
}
