/** What a model gives for an image: any numbers, or such as add up to 1. */
export type Outputs = 'logits' | 'probabilities';

/** The smallest probability whose logarithm counts, as in the losses of the library. */
const least = 1e-7;

/**
 * Makes what a model gives for one image probabilities, in double precision.
 * @returns their logarithms, by class; of logits exact also where the probability is rounded to 0.
 */
export function softmaxInto(
  row: Float64Array,
  given: ArrayLike<number>,
  outputs: Outputs,
): (label: number) => number {
  row.set(given);
  if (outputs === 'probabilities') {
    return (label) => Math.log(Math.min(Math.max(given[label]!, least), 1 - least));
  }
  const most = Math.max(...row);
  let sum = 0;
  for (let i = 0; i < row.length; i++) sum += Math.exp(row[i]! - most);
  for (let i = 0; i < row.length; i++) row[i] = Math.exp(row[i]! - most) / sum;
  return (label) => given[label]! - most - Math.log(sum);
}
