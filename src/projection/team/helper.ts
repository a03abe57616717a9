import { Rounds } from "../../core/umap/rounds";
import { serve } from "../../remote/serve";
import type { TeamMethods } from "./protocol";

serve<TeamMethods>({ help: (rounds) => new Rounds(rounds).help() });
