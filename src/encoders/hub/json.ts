/** The content of one of a model's JSON files, which may lack anything. */
export type Json = Readonly<Record<string, unknown>>;

/** An object, or an empty one where there is none. */
export function object(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

/** The first of the values that is a number above 0. */
export function firstNumber(...values: readonly unknown[]): number | undefined {
  return values.find((value): value is number => typeof value === "number" && value > 0);
}

/** A text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** True or false, or `otherwise` where nothing is said. */
export function flag(value: unknown, otherwise: boolean): boolean {
  return typeof value === "boolean" ? value : otherwise;
}

/** Three numbers, for red, green and blue. */
export function triple(value: unknown): readonly [number, number, number] | undefined {
  if (!Array.isArray(value) || value.length !== 3 || value.some((one) => typeof one !== "number"))
    return undefined;
  return [value[0], value[1], value[2]];
}
