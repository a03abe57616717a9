import "@fontsource-variable/inter/wght.css";
import "./app/theme/tokens.css";
import "./app/theme/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { createColouring } from "./app/colours/colouring";
import { createRegions } from "./app/map/regions";
import { createNearest } from "./app/neighbours/nearest";
import { deferPlayground } from "./app/playground/defer";
import { createView } from "./app/view";
import { selectAnchorOnce } from "./app/welcome";
import { createWorkbench } from "./app/workbench";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const opening = createWorkbench();
window.playground = deferPlayground(opening);

const view = createView();
const workbench = await opening;
const nearest = createNearest(workbench, view);
const regions = createRegions(workbench, view);
const colouring = createColouring(workbench, view, regions);
selectAnchorOnce(workbench, view);
createRoot(root).render(<App model={{ workbench, view, nearest, colouring, regions }} />);
