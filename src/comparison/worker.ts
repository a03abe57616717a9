import { serve } from "../remote/serve";
import { comparisonHandlers } from "./handlers";
import type { ComparisonMethods } from "./protocol";

serve<ComparisonMethods>(comparisonHandlers());
