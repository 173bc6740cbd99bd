import type ts from 'typescript';
import type { Types } from './types';

/** A kind of error that programmers make. */
export interface Operator {
  readonly name: string;
  /** For readers: what it does to code. */
  readonly does: string;
  /**
   * What an expression may be replaced by: code that is complete in brackets, with variables as they
   * are named there. Nothing where the operator does not apply.
   */
  readonly mutate: (node: ts.Expression, types: Types) => readonly string[];
}
