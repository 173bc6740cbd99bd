import type { Operator } from '../operator';
import { arithmetic, assignment, counting, minus } from './arithmetic';
import { exchange, sign, statement, swap } from './calls';
import { boundary, comparison, condition, logical, not } from './conditions';
import { boolean, element, name, number } from './values';

/** All mutation operators. */
export const operators: readonly Operator[] = [
  arithmetic,
  assignment,
  counting,
  minus,
  comparison,
  boundary,
  logical,
  not,
  condition,
  boolean,
  number,
  name,
  element,
  swap,
  exchange,
  sign,
  statement,
];
