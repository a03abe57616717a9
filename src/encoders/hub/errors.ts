import { NamedError, throwIfCancelled } from "../../core/errors";

/** What an answer of the Hub that is no success means. `what` names what was asked for: a model, or a file of one. */
export function nameRefusal(response: Response, what: string): NamedError {
  const code = response.headers.get("X-Error-Code") ?? "";
  const { status } = response;
  if (code === "GatedRepo" || (code === "" && status === 403)) {
    return new NamedError(
      "ModelGated",
      `${what} is only given to those who are signed in and agreed to its terms.`,
      {
        advice: "Choose another model, or download its files from its page and open them as files here.",
      },
    );
  }
  if (code === "RevisionNotFound") {
    return new NamedError("ModelNotFound", `${what} is not on the Hub: there is no such revision.`, {
      advice: "Check what stands after the @, or leave it out.",
    });
  }
  // Of a private model the Hub says the same as of one that does not exist.
  if (status === 401 || status === 404 || status === 410) {
    return new NamedError("ModelNotFound", `${what} is not on the Hub, or is private.`, {
      advice: "Check the spelling of organisation/name.",
    });
  }
  if (status === 429) {
    return new NamedError("NetworkFailed", `The Hub asks to wait: too many requests (for ${what}).`, {
      advice: "Wait a minute and retry.",
    });
  }
  return new NamedError("NetworkFailed", `${what} could not be fetched: the Hub answered ${status}.`, {
    advice: "Retry in a moment.",
  });
}

/**
 * Runs one step that talks to the Hub and names what goes wrong in it: `Offline`, `NetworkFailed` when it could not be
 * reached at all, or `Cancelled`.
 */
export async function reach<T>(
  url: string,
  what: string,
  signal: AbortSignal | undefined,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    throwIfCancelled(signal);
    throw unreachable(url, what, cause);
  }
}

function unreachable(url: string, what: string, cause: unknown): NamedError {
  if (globalThis.navigator?.onLine === false) {
    return new NamedError("Offline", `You are offline, and ${what} has not been kept in this browser.`, {
      advice: "Connect and retry, or choose an encoder that ships with the page.",
      cause,
    });
  }
  return new NamedError("NetworkFailed", `${new URL(url).host} could not be reached for ${what}.`, {
    advice: "Check your connection; a company's network or an ad blocker may block the Hub.",
    cause,
  });
}
