import { runInThisContext } from 'node:vm';

/** The value of an expression, such as `inCode` writes, in which some names stand for something. */
export function evaluated(code: string, names: Readonly<Record<string, unknown>>): unknown {
  const known = Object.keys(names).join(', ');
  const f = runInThisContext(`({ ${known} }) => (${code})`) as (given: typeof names) => unknown;
  return f(names);
}
