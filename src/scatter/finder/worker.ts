import { serve } from "../../remote/serve";
import { finderHandlers } from "./handlers";
import type { FinderMethods } from "./methods";

serve<FinderMethods>(finderHandlers());
