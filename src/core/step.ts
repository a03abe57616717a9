/**
 * Called now and then by long work with the share of it that is done, in [0, 1]. It may give way to other work by
 * returning a promise, and stops the work by throwing or rejecting.
 */
export type Step = (fraction: number) => void | Promise<void>;
