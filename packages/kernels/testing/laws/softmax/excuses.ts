import type { SoftmaxImplementation } from './implementation';

type Part = 'softmax' | 'logSoftmax' | 'softmaxGradient' | 'logSoftmaxGradient';

/** Why a law about some functions says nothing: the implementation does not have all of them. */
export function without(
  ...parts: readonly Part[]
): (subject: SoftmaxImplementation) => string | undefined {
  return (subject) => {
    const missing = parts.find((part) => subject[part] === undefined);
    return missing === undefined ? undefined : `it has no ${missing}`;
  };
}
