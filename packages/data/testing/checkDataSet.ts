import { plainElement, type DataSetCase, type Elements } from './generators/dataSets';

/**
 * Walks a generated data set twice, and compares it with its array: element by element, or, if it is
 * shuffled, the sizes of its batches and the numbers in any order. What it says of its size must be so.
 * @returns a promise that rejects with an Error that says what differed.
 */
export async function checkDataSet({ dataset, elements, isShuffled }: DataSetCase): Promise<void> {
  for (const walk of ['walked', 'walked again']) {
    const found = (await dataset.toArray()).map(plainElement);
    const [received, expected] = isShuffled
      ? [inAnyOrder(found), inAnyOrder(elements)]
      : [found, elements];
    const [text, wanted] = [JSON.stringify(received), JSON.stringify(expected)];
    if (text !== wanted) throw new Error(`${walk}: expected ${wanted}; received ${text}.`);
  }
  if (dataset.size === undefined || dataset.size === elements.length) return;
  throw new Error(`expected a size of ${elements.length}; received ${dataset.size}.`);
}

/** What stays the same in whatever order: how many numbers each element has, and all numbers sorted. */
function inAnyOrder(elements: Elements): unknown {
  return [
    elements.map((element) => (typeof element === 'number' ? 1 : element.length)),
    [...elements.flat()].sort((a, b) => a - b),
  ];
}
