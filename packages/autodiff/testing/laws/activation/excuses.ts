import type { ActivationImplementation, ActivationProperties } from './implementation';

/** Why a law about a property says nothing: it is not claimed. */
export function unclaimed(
  property: keyof ActivationProperties,
): (subject: ActivationImplementation) => string | undefined {
  return ({ properties }) =>
    properties[property] === undefined || properties[property] === false
      ? `nothing is said of its ${property}`
      : undefined;
}
