/**
 * The components that a map of another number of dimensions shows: the same ones as far as there are axes, then the
 * first that are not shown yet. Undefined, for the first ones, stays so.
 */
export function componentsFor(
  components: readonly number[] | undefined,
  dimensions: 2 | 3,
): readonly number[] | undefined {
  if (!components) return undefined;
  const fitted = components.slice(0, dimensions);
  for (let next = 0; fitted.length < dimensions; next++) if (!fitted.includes(next)) fitted.push(next);
  return fitted;
}
