import type { viz } from 'gradus';
import type { Assessment } from './assess';

/** How well a model knows one class. */
export interface ClassScore {
  readonly name: string;
  /** How many images of it there were. */
  readonly images: number;
  /** Of those taken for it, the part that was; NaN if there was none. */
  readonly precision: number;
  /** Of those that were, the part that was found; NaN if there was none. */
  readonly recall: number;
  /** The harmonic mean of the two. */
  readonly f1: number;
}

/** Precision and recall, class by class. */
export function classScores(
  { confusion }: Pick<Assessment, 'confusion'>,
  classNames: readonly string[],
): ClassScore[] {
  const counts = confusion.toTypedArray();
  const classes = classNames.length;
  const sum = (at: (other: number) => number): number =>
    classNames.reduce((total, _, other) => total + counts[at(other)]!, 0);
  return classNames.map((name, one) => {
    const right = counts[one * classes + one]!;
    const images = sum((other) => one * classes + other);
    const taken = sum((other) => other * classes + one);
    // Also right where nothing was: 0 of 0 is no number.
    const [precision, recall] = [right / taken, right / images];
    return { name, images, precision, recall, f1: (2 * right) / (images + taken) };
  });
}

/** The scores as a table. */
export function scoreRows(scores: readonly ClassScore[]): viz.TableRows {
  return [
    ['class', 'images', 'precision', 'recall', 'F1'],
    ...scores.map(({ name, images, precision, recall, f1 }) => [
      name,
      images,
      ...[precision, recall, f1].map((score) => (Number.isNaN(score) ? '-' : score.toFixed(4))),
    ]),
  ];
}
