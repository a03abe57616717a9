/** `npm test`: everything, the built page in a real Chromium included. Sets itself up on a fresh clone. */
import { ensureInstalled } from "./setup.mjs";
import { conclude, endToEnd, lint, page, types, unit } from "./steps.mjs";

ensureInstalled();
// Only now: it needs an installed package.
const { requireChromium } = await import("./chromium.mjs");
const chromium = await requireChromium();

const outcomes = [await types(), await lint(), await unit()];
const built = await page();
outcomes.push(built);
// Testing an old page, or none, would say nothing about this one.
if (built.ok) outcomes.push(await endToEnd(chromium));
conclude(outcomes);
