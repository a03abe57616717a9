/**
 * Every error a user can meet has a stable name, says what happened, and says what to do.
 * Names are part of the scripting contract: scripts and tests match on them.
 */
export type ErrorName =
  | "AlreadyOnMap"
  | "Cancelled"
  | "DeviceLost"
  | "DeviceUnavailable"
  | "DownloadCut"
  | "EmptyText"
  | "EncoderFailed"
  | "ImageTooLarge"
  | "InvalidVectors"
  | "MalformedRow"
  | "ModelCorrupt"
  | "ModelGated"
  | "ModelNotFound"
  | "ModelTooLarge"
  | "NetworkFailed"
  | "NoOnnxFiles"
  | "NotReady"
  | "Offline"
  | "ParityFailed"
  | "PictureTooLarge"
  | "PatternTooSlow"
  | "ProjectionFailed"
  | "StorageFailed"
  | "TooManyItems"
  | "Unexpected"
  | "UnknownItem"
  | "UnknownSpace"
  | "UnknownTap"
  | "UnreadableFile"
  | "UnreadableImage"
  | "UnsupportedImage"
  | "UnsupportedModel"
  | "WorkerCrashed";

/** An error as it crosses a worker boundary, is shown in the page, or is handed to a script. */
export interface ErrorReport {
  name: ErrorName;
  /** What happened, to which input, as one sentence. */
  message: string;
  /** What the user can do about it, as one sentence; absent where nothing can be done. */
  advice?: string;
}

/** The one error class thrown across Nearfield's rooms. */
export class NamedError extends Error {
  override readonly name: ErrorName;
  readonly advice?: string;

  constructor(name: ErrorName, message: string, options: { advice?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = name;
    this.advice = options.advice;
  }
}

/** Turns anything that was thrown into a report that survives structured cloning. */
export function reportError(thrown: unknown): ErrorReport {
  if (thrown instanceof NamedError) {
    return {
      name: thrown.name,
      message: thrown.message,
      ...(thrown.advice ? { advice: thrown.advice } : {}),
    };
  }
  if (thrown instanceof DOMException && thrown.name === "AbortError") {
    return { name: "Cancelled", message: "Cancelled." };
  }
  return { name: "Unexpected", message: thrown instanceof Error ? thrown.message : String(thrown) };
}

/** Turns a report back into the error it was made from. */
export function errorFromReport(report: ErrorReport): NamedError {
  return new NamedError(report.name, report.message, { advice: report.advice });
}

/** True when the thrown value only says that somebody asked to stop. */
export function isCancelled(thrown: unknown): boolean {
  return reportError(thrown).name === "Cancelled";
}

/** Throws `Cancelled` if the signal has been aborted. */
export function throwIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new NamedError("Cancelled", "Cancelled.");
}
