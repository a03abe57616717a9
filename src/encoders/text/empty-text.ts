import { NamedError } from "../../core/errors";

/** The error for a text without anything an encoder could read. */
export function emptyText(): NamedError {
  return new NamedError("EmptyText", "This text is empty: there is nothing to read in it.", {
    advice: "Write at least one visible character.",
  });
}
