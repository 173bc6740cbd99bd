import { OptionError, ShapeError, type View } from '@gradus/tensor';
import { readMatrix } from './matrix';

/** How often samples of each class were taken for each. */
export interface ClassCounts {
  /** Row by true class, column by predicted class. */
  readonly rows: readonly (readonly number[])[];
  /** Of each true class, all samples together. */
  readonly totals: readonly number[];
}

/**
 * Reads a confusion matrix from any view.
 * @throws ShapeError naming `op` unless the shape is `[classes, classes]`, not 0.
 * @throws OptionError if it holds something other than counts.
 */
export function readCounts(op: string, matrix: View): ClassCounts {
  const { height, width, values } = readMatrix(op, matrix);
  if (height !== width) {
    throw new ShapeError({
      op,
      expected: 'a square matrix [classes, classes]',
      received: `[${height}, ${width}]`,
    });
  }
  const odd = values.findIndex((value) => !Number.isSafeInteger(value) || value < 0);
  if (odd >= 0) {
    throw new OptionError({
      op,
      expected: 'counts, whole numbers of at least 0',
      received: `${values[odd]} in row ${Math.floor(odd / width)}, column ${odd % width}`,
    });
  }
  const rows = Array.from({ length: height }, (_, row) =>
    Array.from(values.subarray(row * width, (row + 1) * width)),
  );
  return { rows, totals: rows.map((row) => row.reduce((sum, count) => sum + count, 0)) };
}

/**
 * Checks that every class has a name.
 * @throws OptionError naming `op` if not.
 */
export function checkClassNames(
  op: string,
  { rows }: ClassCounts,
  classNames: readonly string[],
): void {
  const isList = Array.isArray(classNames);
  if (isList && classNames.length === rows.length) {
    const odd = classNames.findIndex((name) => typeof name !== 'string');
    if (odd < 0) return;
    throw new OptionError({
      op,
      expected: 'classNames: texts',
      received: `${typeof classNames[odd]} at ${odd}`,
    });
  }
  throw new OptionError({
    op,
    expected: `classNames: a list of ${rows.length}, one for each class`,
    received: isList ? `${classNames.length}` : typeof classNames,
  });
}
