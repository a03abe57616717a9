import { serve } from "../remote/serve";
import { projectionHandlers } from "./handlers";
import type { ProjectionMethods } from "./protocol";

serve<ProjectionMethods>(projectionHandlers());
