import { serve } from "../../remote/serve";
import { painterHandlers } from "./handlers";
import type { PainterMethods } from "./methods";

serve<PainterMethods>(painterHandlers());
