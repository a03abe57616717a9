const count = new Intl.NumberFormat("en");

/** "1 text", "2,000 texts" */
export function counted(total: number, noun: string): string {
  return `${count.format(total)} ${noun}${total === 1 ? "" : "s"}`;
}
