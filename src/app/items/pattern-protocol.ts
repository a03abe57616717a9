/** What the worker that runs regular expressions can be asked. */
export interface PatternMethods {
  /** Adds texts to those that are searched. */
  hold: { input: { texts: readonly string[] }; output: undefined; progress: never };
  /** One byte a text: 1 where the expression matches. Throws `SyntaxError` for what is no expression. */
  match: { input: { source: string }; output: Uint8Array; progress: never };
}
