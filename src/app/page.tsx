import { createRoot } from "react-dom/client";
import { App } from "./App";
import { createColouring } from "./colours/colouring";
import { createRegions } from "./map/regions";
import { followItems } from "./map/visible";
import { createNearest } from "./neighbours/nearest";
import { deferPlayground } from "./playground/defer";
import { createView } from "./view";
import { selectAnchorOnce } from "./welcome";
import { createWorkbench } from "./workbench";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");

const opening = createWorkbench();
window.playground = deferPlayground(opening);

const view = createView();
const workbench = await opening;
const nearest = createNearest(workbench, view);
const regions = createRegions(workbench, view);
const colouring = createColouring(workbench, view, regions);
followItems(workbench, view);
selectAnchorOnce(workbench, view);
createRoot(root).render(<App model={{ workbench, view, nearest, colouring, regions }} />);
