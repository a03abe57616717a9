/**
 * Sets a checkout up: packages as the lockfile names them, and a build that is not older than its sources.
 * Runs before anything is installed, so it uses nothing but Node.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's root folder, whatever folder a command was started in. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** What a build is made from. Anything else may change without making a build stale. */
const buildInputs = [
  "NOTICE",
  "index.html",
  "package-lock.json",
  "public",
  "scripts",
  "src",
  "vite.config.ts",
];
const stampFile = join(root, ".cache", "build-stamp");

/** Ends the process with one line when Node is too old for the tools (package.json, `engines`). */
export function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  console.error(`Nearfield needs Node 20.19 or newer; this is Node ${process.versions.node}.`);
  process.exit(1);
}

/**
 * Runs a command in the repository's root and ends the process when it fails. Its output goes to stderr, so that
 * stdout carries only what the calling command has to say.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ quiet?: boolean, env?: Record<string, string> }} [options] `quiet`: output is shown only when the command
 *   fails. The default is false. `env`: variables beside those of this process. The default is none.
 */
export function runOrExit(command, args, { quiet = false, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd: root,
    encoding: "utf8",
    // npm and npx are .cmd files on Windows, which only a shell can start.
    shell: process.platform === "win32",
    env: { ...process.env, ...env },
    stdio: quiet ? ["ignore", "pipe", "pipe"] : ["ignore", 2, 2],
  });
  if (result.status === 0) return;
  if (quiet) process.stderr.write(`${result.stdout}${result.stderr}`);
  console.error(`${[command, ...args].join(" ")} failed${result.error ? `: ${result.error.message}` : "."}`);
  process.exit(1);
}

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, integrity?: string, optional?: boolean, link?: boolean }> | undefined}
 */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/**
 * True when node_modules holds exactly what package-lock.json asks for. Compares contents (npm writes what it
 * installed to node_modules/.package-lock.json, last of all), because file times say nothing after a checkout or a
 * restored cache.
 */
export function isInstalled(folder = root) {
  const wanted = lockedPackages(join(folder, "package-lock.json"));
  const present = lockedPackages(join(folder, "node_modules", ".package-lock.json"));
  if (!wanted || !present) return false;
  const same = Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    // Packages for other systems are optional and rightly absent.
    return found
      ? found.version === entry.version && found.integrity === entry.integrity
      : entry.optional === true;
  });
  return same && Object.keys(present).every((path) => path in wanted);
}

/** Installs the locked packages when they are missing or others. */
export function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  console.error("Installing packages (npm ci) …");
  runOrExit("npm", ["ci", "--include=dev", "--no-audit", "--no-fund"], { quiet: true });
}

/** @param {string} path @param {import("node:crypto").Hash} hash */
function digest(path, hash) {
  const full = join(root, path);
  const entry = statSync(full, { throwIfNoEntry: false });
  if (!entry) return;
  if (entry.isDirectory()) {
    for (const name of readdirSync(full).sort()) digest(`${path}/${name}`, hash);
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${path}\0${entry.size}\0${entry.mtimeMs}\n`);
  }
}

/** Fingerprint of everything a build is made from: paths, sizes and times, so that it costs no reading. */
function buildFingerprint() {
  const hash = createHash("sha256");
  for (const path of buildInputs) digest(path, hash);
  return hash.digest("hex");
}

/** Builds dist/ and remembers what it was built from. */
export function build() {
  const fingerprint = buildFingerprint();
  runOrExit(process.execPath, [join(root, "node_modules", "vite", "bin", "vite.js"), "build"], {
    quiet: true,
  });
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, fingerprint);
}

/** Builds dist/ when it is missing or older than its sources. */
export function ensureBuilt() {
  const built = existsSync(join(root, "dist", "index.html")) && existsSync(stampFile);
  if (built && readFileSync(stampFile, "utf8") === buildFingerprint()) return;
  console.error("Building the page …");
  build();
}
