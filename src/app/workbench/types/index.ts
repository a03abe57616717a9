/** What panels, commands and scripts know of the workbench. */
export type * from "./adding";
export type * from "./encoders";
export type * from "./map";
export type * from "./ranking";
export type * from "./spaces";
export type * from "./state";
export type * from "./workbench";
