import { defineConfig } from "@playwright/test";
import { chromiumCandidates, chromiumFlags, webgpuFlags } from "./scripts/chromium.mjs";

const executablePath = chromiumCandidates()[0];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  globalSetup: "./e2e/support/server.ts",
  // Each test opens a fresh profile and loads real models into it, on machines with as few as two cores.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  // Two browsers that draw in software on two cores can starve each other; what passes only now is named as flaky.
  retries: 1,
  reporter: "list",
  use: {
    launchOptions: { executablePath, args: chromiumFlags },
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    screenshot: "only-on-failure",
    trace: "off",
    // A control that is not there within this time is not coming.
    actionTimeout: 30_000,
  },
  projects: [
    { name: "wasm", testIgnore: "**/webgpu.spec.ts" },
    {
      // A software adapter is about a hundred times slower than WASM: a few short inputs prove the path.
      name: "webgpu",
      testMatch: "**/webgpu.spec.ts",
      timeout: 420_000,
      // Two tests at once share the cores that such an adapter takes to open an encoder.
      expect: { timeout: 90_000 },
      use: { launchOptions: { executablePath, args: webgpuFlags } },
    },
  ],
});
