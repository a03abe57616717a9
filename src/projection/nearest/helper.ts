import { serve } from "../../remote/serve";
import { helperHandlers } from "./helper-handlers";
import type { HelperMethods } from "./protocol";

serve<HelperMethods>(helperHandlers());
