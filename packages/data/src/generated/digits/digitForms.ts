import type { Point } from './strokes';

/** A smooth curve through points. */
export type Curve = readonly Point[];

/**
 * What is drawn without lifting the pen: curves one after the other. Each begins where the one before
 * ended, so that its own points begin with the second; between two there is a corner.
 */
export type Stroke = readonly Curve[];

/** One way to write a digit. */
export interface DigitForm {
  /** How often it is written, compared with the other ways. */
  readonly weight: number;
  readonly strokes: readonly Stroke[];
}

/** About how wide digits are, in the units of their points. */
export const formWidth = 6;
/** How high they are. */
export const formHeight = 10;

/* prettier-ignore */
const zero: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[3.6, 0], [1.6, 0.8], [0.2, 4.8], [1.2, 8.8], [3, 10], [4.8, 9], [5.9, 5.2], [5, 1.3], [3.4, 0]]],
  ] },
  // Begun at the right, with an end that crosses the beginning.
  { weight: 1, strokes: [
    [[[4.6, 0.9], [2.6, 0.1], [0.5, 2.8], [0.4, 6.8], [2.4, 9.9], [4.8, 8.6], [5.8, 4.6], [4.6, 1.2],
      [2.8, 1.3]]],
  ] },
];

/* prettier-ignore */
const one: readonly DigitForm[] = [
  { weight: 5, strokes: [[[[3, 0], [3, 5], [3, 10]]]] },
  { weight: 2, strokes: [[[[1.4, 2.1], [3, 0]], [[3.1, 5], [3, 10]]]] },
  // With a foot.
  { weight: 1, strokes: [[[[1.3, 2], [3.1, 0]], [[3, 5], [3, 9.9]]], [[[1, 10], [3, 9.9], [5, 10]]]] },
];

/* prettier-ignore */
const two: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[0.7, 2.3], [1.7, 0.5], [3.5, 0], [5.3, 1.4], [4.9, 4], [2.8, 7], [0.4, 9.8]], [[3, 9.7], [6, 9.8]]],
  ] },
  // With a loop.
  { weight: 3, strokes: [
    [[[0.8, 1.9], [2.6, 0], [4.9, 1.1], [4.7, 4], [2.9, 7.6], [1.1, 9.6], [0.2, 8.9], [1.4, 8],
      [3.4, 9.2], [6.2, 9.5]]],
  ] },
];

/* prettier-ignore */
const three: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[0.8, 1.3], [2.8, 0], [4.9, 1.3], [4.3, 3.6], [2.2, 4.7]],
      [[4.6, 5.4], [5.6, 7.5], [3.8, 9.8], [1.6, 9.8], [0.3, 8.6]]],
  ] },
  // In one go, with a small loop in the middle.
  { weight: 1, strokes: [
    [[[0.7, 1.1], [3, 0], [4.9, 1.5], [3.8, 4], [2.1, 4.9], [2, 4.2], [4.6, 5.1], [5.6, 7.6], [3.6, 9.9],
      [0.6, 9.2]]],
  ] },
  // With a flat top.
  { weight: 1, strokes: [
    [[[0.7, 0.3], [5.3, 0.1]], [[2.5, 4.2]], [[4.9, 5], [5.6, 7.4], [3.6, 9.9], [0.4, 9]]],
  ] },
];

/* prettier-ignore */
const four: readonly DigitForm[] = [
  // Open.
  { weight: 3, strokes: [
    [[[1.3, 0.3], [0.9, 2.8], [0.4, 5.6]], [[3, 5.7], [5.8, 5.3]]],
    [[[4.9, 0.5], [4.7, 5], [4.3, 10]]],
  ] },
  // Open and round.
  { weight: 2, strokes: [
    [[[1, 0.4], [0.4, 3.4], [1.4, 5.2], [3.6, 5.2], [5.1, 4.2]]],
    [[[5.3, 0.1], [5, 5], [4.6, 10]]],
  ] },
  // Closed.
  { weight: 2, strokes: [[[[4.4, 10], [4.4, 5], [4.5, 0]], [[2.4, 3.6], [0.2, 6.7]], [[3, 6.8], [6, 6.6]]]] },
];

/* prettier-ignore */
const five: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[1.5, 0.2], [1, 4.6]], [[3, 3.7], [5.2, 5.1], [5.3, 7.9], [3.2, 9.9], [0.3, 9]]],
    [[[1.5, 0.2], [3.6, 0.1], [5.8, 0]]],
  ] },
  { weight: 2, strokes: [
    [[[5.6, 0], [3.5, 0.2], [1.6, 0.3]], [[1.1, 4.3]], [[3.4, 4.2], [5.3, 6], [4.8, 8.8], [2.6, 10], [0.3, 9.2]]],
  ] },
  // Without corners.
  { weight: 1, strokes: [
    [[[5.8, 0.2], [3.4, 0], [1.5, 1], [1.5, 3.4], [3.8, 4.9], [5.2, 6.9], [4.2, 9.3], [2.2, 10], [0.2, 9.1]]],
  ] },
];

/* prettier-ignore */
const six: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[4.6, 0], [2.5, 1.7], [0.8, 5], [0.6, 8], [2.4, 10], [4.8, 9.1], [5.2, 6.8], [3.4, 5.5], [1.5, 6.5],
      [0.8, 7.8]]],
  ] },
  // With a straight back.
  { weight: 2, strokes: [
    [[[3.4, 0], [2, 3], [0.8, 6.4], [1.2, 9.2], [3.2, 9.9], [4.9, 8.4], [4.3, 6.5], [2.6, 6.4], [1.2, 7.7]]],
  ] },
];

/* prettier-ignore */
const seven: readonly DigitForm[] = [
  { weight: 3, strokes: [[[[0.3, 0.4], [3, 0.4], [5.7, 0.2]], [[4, 4.4], [2.4, 10]]]] },
  { weight: 1, strokes: [[[[0.4, 2], [0.8, 0.4]], [[3.4, 0.4], [5.7, 0.1]], [[4.2, 4.8], [3, 10]]]] },
  // With a bar.
  { weight: 2, strokes: [
    [[[0.5, 0.4], [3, 0.3], [5.7, 0.2]], [[3.9, 4.6], [2.3, 10]]],
    [[[1.8, 5], [3.6, 4.8], [5.4, 4.7]]],
  ] },
];

/* prettier-ignore */
const eight: readonly DigitForm[] = [
  { weight: 3, strokes: [
    [[[4.9, 1.1], [3.1, 0], [1.3, 1.3], [1.9, 3.5], [3.7, 5.2], [5.1, 7.6], [3.8, 9.8], [1.7, 9.6], [0.9, 7.6],
      [2.5, 5.1], [4.4, 3.2], [4.9, 1.1], [4.1, 0.4]]],
  ] },
  // Two circles.
  { weight: 1, strokes: [
    [[[3.2, 0], [1.3, 1.2], [1.6, 3.7], [3.1, 4.6], [4.6, 3.6], [4.8, 1.2], [3, 0]]],
    [[[3.1, 4.6], [1.1, 5.7], [0.9, 8.6], [3, 10], [5.1, 8.6], [5, 5.8], [3, 4.6]]],
  ] },
];

/* prettier-ignore */
const nine: readonly DigitForm[] = [
  // With a straight stem.
  { weight: 3, strokes: [
    [[[5, 1.2], [3.2, 0], [1.1, 1.4], [0.8, 3.8], [2.5, 5], [4.3, 3.6], [5.1, 1.2]], [[4.8, 5.4], [4.2, 10]]],
  ] },
  // With a curved tail.
  { weight: 2, strokes: [
    [[[4.8, 1.3], [3, 0], [1, 1.5], [1, 3.9], [2.8, 4.9], [4.7, 3.4], [5, 1.4]],
      [[5.2, 5], [4.5, 8.4], [2.8, 10], [0.9, 9.3]]],
  ] },
  // In one go.
  { weight: 1, strokes: [
    [[[4.9, 0.9], [2.8, 0.1], [0.9, 2], [1.4, 4.4], [3.6, 4.2], [4.9, 1.7], [5, 2.4], [4.4, 6.4], [3.8, 10]]],
  ] },
];

/** The ways to write each digit from 0 to 9. */
export const digitForms: readonly (readonly DigitForm[])[] = [
  zero,
  one,
  two,
  three,
  four,
  five,
  six,
  seven,
  eight,
  nine, // prettier-ignore
];
