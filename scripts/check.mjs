/** `npm run check`: everything that can be known without a browser. */
import { ensureInstalled } from "./setup.mjs";
import { conclude, lint, types, unit } from "./steps.mjs";

ensureInstalled();
conclude([await types(), await lint(), await unit()]);
