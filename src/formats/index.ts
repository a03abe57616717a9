export { type CsvTable, createExporter, type Exporter, readTextFile, type WritingProgress } from "./client";
export type { ReadingProgress, TextTable } from "./texts";
export { parseTyped } from "./typed";
