import { NamedError } from "../core/errors";

/**
 * Reads fields out of JSON that came over the network, and says which field of which file is wrong.
 * Every method throws `ModelCorrupt` when the field is absent or of another type.
 */
export class Fields {
  private readonly value: Readonly<Record<string, unknown>>;
  private readonly file: string;
  private readonly path: string;

  /** `file` is named in errors; `path` is where `value` stands in it, empty for the whole. */
  constructor(value: unknown, file: string, path = "") {
    this.file = file;
    this.path = path;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw this.wrong("", "an object");
    this.value = value as Record<string, unknown>;
  }

  /** True when the field is there at all. */
  has(name: string): boolean {
    return this.value[name] !== undefined;
  }

  /** A string that is not empty. */
  text(name: string): string {
    const value = this.string(name);
    if (value === "") throw this.wrong(name, "a text that is not empty");
    return value;
  }

  /** A string, possibly empty. */
  string(name: string): string {
    const value = this.value[name];
    if (typeof value !== "string") throw this.wrong(name, "a text");
    return value;
  }

  /** A whole number of at least `least`. */
  count(name: string, least = 0): number {
    const value = this.value[name];
    if (typeof value !== "number" || !Number.isSafeInteger(value) || value < least) {
      throw this.wrong(name, `a whole number of at least ${least}`);
    }
    return value;
  }

  /** A number above 0. */
  positive(name: string): number {
    const value = this.value[name];
    if (typeof value !== "number" || !(value > 0) || !Number.isFinite(value))
      throw this.wrong(name, "a number above 0");
    return value;
  }

  /** True or false. */
  flag(name: string): boolean {
    const value = this.value[name];
    if (typeof value !== "boolean") throw this.wrong(name, "true or false");
    return value;
  }

  /** One of the given strings. */
  oneOf<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.value[name];
    const choice = choices.find((one) => one === value);
    if (choice === undefined) throw this.wrong(name, `one of ${choices.join(", ")}`);
    return choice;
  }

  /** A nested object. */
  object(name: string): Fields {
    return new Fields(this.value[name], this.file, this.at(name));
  }

  /** A list of objects. */
  objects(name: string): Fields[] {
    return this.list(name).map((entry, index) => new Fields(entry, this.file, `${this.at(name)}[${index}]`));
  }

  /** A list of strings. */
  texts(name: string): string[] {
    return this.list(name).map((entry) => {
      if (typeof entry !== "string") throw this.wrong(name, "a list of texts");
      return entry;
    });
  }

  /** A list of finite numbers. */
  numbers(name: string): number[] {
    return this.list(name).map((entry) => {
      if (typeof entry !== "number" || !Number.isFinite(entry)) throw this.wrong(name, "a list of numbers");
      return entry;
    });
  }

  /** Three numbers: one for red, green and blue each. */
  triple(name: string): [number, number, number] {
    const [red, green, blue, ...more] = this.list(name);
    if (typeof red !== "number" || typeof green !== "number" || typeof blue !== "number" || more.length > 0) {
      throw this.wrong(name, "three numbers");
    }
    return [red, green, blue];
  }

  /** `length` float32 numbers, written as base64 of their little-endian bytes. */
  vector(name: string, length: number): Float32Array {
    const bytes = decodeBase64(this.text(name));
    if (bytes?.byteLength !== 4 * length) throw this.wrong(name, `${length} float32 numbers in base64`);
    const view = new DataView(bytes.buffer);
    return Float32Array.from({ length }, (_, index) => view.getFloat32(4 * index, true));
  }

  /** The error that says what was expected of a field. */
  wrong(name: string, expected: string): NamedError {
    const where = name === "" && this.path === "" ? "the file" : `“${this.at(name)}”`;
    return new NamedError("ModelCorrupt", `${this.file} is damaged: ${where} should be ${expected}.`, {
      advice: "Retry, or put the model's files there again.",
    });
  }

  private list(name: string): readonly unknown[] {
    const value = this.value[name];
    if (!Array.isArray(value)) throw this.wrong(name, "a list");
    return value;
  }

  private at(name: string): string {
    return [this.path, name].filter((part) => part !== "").join(".");
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
