/**
 * `npm run bench -- [NAME] [--json]`: runs one benchmark, or all, in a real Chromium against the built page, beside
 * the peers. Prints a table for people, or with --json one object per line. With NEARFIELD_GPU=1 in the environment the
 * machine's own GPU draws and encodes, else software.
 */
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, isInstalled, root, runOrExit } from "../scripts/setup.mjs";

/** The benchmarks there may be, in the order in which all are run. */
const names = ["startup", "encoders", "projection", "scatter", "neighbours", "formats"];

const args = process.argv.slice(2);
const json = args.includes("--json");
const asked = args.filter((argument) => argument !== "--json");
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark “${unknown.join("”, “")}”. There are: ${names.join(", ")}.`);
  process.exit(1);
}

ensureInstalled();
// Only now: they need installed packages.
const [
  { chromium },
  { build, runnerImport },
  { requireChromium, chromiumFlags, usesGpu },
  { createStaticServer, listen },
] = await Promise.all([
  import("@playwright/test"),
  import("vite"),
  import("../scripts/chromium.mjs"),
  import("../scripts/static-server.mjs"),
]);

// Loading TypeScript through Vite says "development", which must not reach what is built to be measured.
process.env.NODE_ENV = "production";

/** @type {import("./context").BenchRow[]} */
const rows = [];
/** @type {typeof import("./context")} */
const { benchRow } = (await runnerImport(join(root, "bench", "context.ts"))).module;

const launch = { executablePath: await requireChromium(), args: chromiumFlags };
// A GPU is done long before the screen wants the next frame: what one takes shows only where nobody waits for the screen.
const unpaced = usesGpu ? ["--disable-frame-rate-limit", "--disable-gpu-vsync"] : [];
const browser = await chromium.launch({ ...launch, args: [...chromiumFlags, ...unpaced] });
const viewport = { width: 1440, height: 900 };

/** @type {import("node:http").Server[]} */
const servers = [];

/** Serves a folder until all benchmarks are done. @param {string} folder */
async function serve(folder) {
  const server = createStaticServer({ folder });
  servers.push(server);
  return listen(server);
}

/** @type {Promise<string> | undefined} */
let app;

/** Serves dist/, once, when the first benchmark asks for it. */
async function serveApp() {
  ensureBuilt();
  return serve(join(root, "dist"));
}

/** @type {Promise<string> | undefined} */
let pages;

/** Builds and serves bench/pages, once, when the first benchmark asks for one. */
async function servePages() {
  const peers = join(root, "bench", "peers");
  if (!isInstalled(peers)) {
    console.error("Installing the peers (bench/peers) …");
    runOrExit("npm", ["ci", "--prefix", peers, "--no-audit", "--no-fund", "--legacy-peer-deps"], {
      quiet: true,
    });
  }
  await build({ configFile: join(root, "bench", "pages", "vite.config.ts"), logLevel: "error" });
  return serve(join(root, ".cache", "bench"));
}

/** @param {number} value */
const short = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3));

/** @param {import("./context").BenchRow} row */
function describeRow(row) {
  return {
    benchmark: row.benchmark,
    case: row.case,
    metric: row.metric,
    ours: short(row.ours),
    target: row.target === undefined ? "" : short(row.target),
    peers: Object.entries(row.peers)
      .map(([peer, value]) => `${peer} ${short(value)}`)
      .join(", "),
    "times better": row.ratio === null ? "" : short(row.ratio),
  };
}

let failures = 0;
for (const name of asked.length > 0 ? asked : names) {
  const file = join(root, "bench", `${name}.ts`);
  console.error(`── ${name}`);
  /** @type {import("./context").BenchContext} */
  const context = {
    browser,
    device: usesGpu ? "webgpu" : "wasm",
    app() {
      app ??= serveApp();
      return app;
    },
    async page(page) {
      pages ??= servePages();
      return `${await pages}${page}.html`;
    },
    profile: (folder) => chromium.launchPersistentContext(folder, { ...launch, viewport }),
    async open(address) {
      const page = await browser.newPage({ viewport });
      page.on("pageerror", (error) => console.error(`  in the page: ${error.message}`));
      await page.goto(address);
      return page;
    },
    report(measurement) {
      const row = benchRow(name, measurement);
      rows.push(row);
      if (json) console.log(JSON.stringify(row));
    },
    say: (line) => console.error(`  ${line}`),
  };
  try {
    const { module } = await runnerImport(file);
    await module.run(context);
  } catch (error) {
    failures++;
    console.error(error);
  }
}
if (!json) console.table(rows.map(describeRow));

await browser.close();
for (const server of servers) server.close();
process.exit(failures > 0 ? 1 : 0);
