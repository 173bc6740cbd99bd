import type { LossImplementation, LossProperties } from './implementation';

type Excuse = (subject: LossImplementation) => string | undefined;

/** Why a law about a property says nothing: it is not claimed. */
export function unclaimed(property: keyof LossProperties): Excuse {
  return ({ properties }) =>
    properties[property] === undefined || properties[property] === false
      ? `nothing is said of its being ${property}`
      : undefined;
}

/** Why a law about gradients says nothing: there is none, or a property is not claimed. */
export function withoutGradient(property?: keyof LossProperties): Excuse {
  return (subject) => {
    if (subject.gradient === undefined) return 'it gives no gradient';
    return property === undefined ? undefined : unclaimed(property)(subject);
  };
}
