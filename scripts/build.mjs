/** `npm run build`: fills dist/ with a page that any static host can serve, from any folder. */
import { build, ensureInstalled } from "./setup.mjs";

ensureInstalled();
build();
console.log("Built dist/.");
