/** The steps that `npm run check` and `npm test` are made of. Each runs to its end whatever the others found. */
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

/**
 * @typedef {object} Outcome What a step found.
 * @property {string} name
 * @property {boolean} ok
 * @property {number} seconds
 * @property {{ passed: number, failed: number, skipped: number }} [tests] For steps that run tests.
 */

/** Where test runners write their reports; `.cache/` is ignored by git. */
const reports = join(root, ".cache", "reports");

/** @param {string} path a package's command, as a path below node_modules */
const tool = (path) => join(root, "node_modules", ...path.split("/"));

/**
 * Runs a Node script, its output going straight to the terminal.
 *
 * @param {string} name @param {string[]} args @param {Record<string, string>} [env]
 * @returns {Promise<Outcome>}
 */
async function step(name, args, env = {}) {
  console.log(`\n── ${name}`);
  const started = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  /** @type {boolean} */
  const ok = await new Promise((resolve) => {
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
  return { name, ok, seconds: (performance.now() - started) / 1000 };
}

/** Strict types of every source, test, script and benchmark. */
export const types = () => step("types", [tool("typescript/bin/tsc"), "--noEmit"]);

/** Lint, format, and which room may import which (`overrides` in biome.json); a warning counts as an error. */
export const lint = () =>
  step("lint, format and import rules", [tool("@biomejs/biome/bin/biome"), "check", "--error-on-warnings"]);

/** Fills dist/. */
export const page = () => step("build", ["scripts/build.mjs"]);

/** Unit tests, counted. */
export async function unit() {
  const report = reportFile("unit.json");
  const outcome = await step("unit tests", [
    tool("vitest/vitest.mjs"),
    "run",
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  return counted(outcome, report, (found) => ({
    passed: found.numPassedTests,
    // A file that cannot even be loaded holds no test that could fail.
    failed: found.numFailedTests + found.testResults.filter(isUnloadable).length,
    skipped: found.numPendingTests + found.numTodoTests,
  }));
}

/** @param {{ status: string, assertionResults: unknown[] }} file */
const isUnloadable = (file) => file.status === "failed" && file.assertionResults.length === 0;

/**
 * End-to-end tests of dist/ in a real Chromium, counted.
 *
 * @param {string} chromium path of the browser
 */
export async function endToEnd(chromium) {
  const report = reportFile("e2e.json");
  const outcome = await step(
    "end-to-end tests",
    [tool("@playwright/test/cli.js"), "test", "--reporter=list,json"],
    {
      NEARFIELD_CHROMIUM: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  );
  return counted(outcome, report, ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
    skipped: stats.skipped,
  }));
}

/** @param {string} name */
function reportFile(name) {
  mkdirSync(reports, { recursive: true });
  const path = join(reports, name);
  // A report left by an earlier run must not count for this one.
  rmSync(path, { force: true });
  return path;
}

/**
 * @param {Outcome} outcome @param {string} report
 * @param {(found: any) => { passed: number, failed: number, skipped: number }} read
 * @returns {Outcome}
 */
function counted(outcome, report, read) {
  try {
    return { ...outcome, tests: read(JSON.parse(readFileSync(report, "utf8"))) };
  } catch {
    // The runner died before it could report: nothing is known to have passed.
    return { ...outcome, ok: false, tests: { passed: 0, failed: 1, skipped: 0 } };
  }
}

/**
 * Prints what each step found and ends the process: with 0 when all is well, else with 1. The last line counts the
 * tests; a step that is no test run (types, lint, …) and a runner that failed beside its tests count as one failure.
 *
 * @param {readonly Outcome[]} outcomes
 */
export function conclude(outcomes) {
  let [passed, failed, skipped] = [0, 0, 0];
  console.log("");
  for (const { name, ok, seconds, tests } of outcomes) {
    console.log(`${ok ? "✓" : "✗"} ${name} (${seconds.toFixed(1)} s)`);
    passed += tests?.passed ?? 0;
    skipped += tests?.skipped ?? 0;
    failed += tests?.failed || (ok ? 0 : 1);
  }
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
  process.exit(failed > 0 ? 1 : 0);
}
