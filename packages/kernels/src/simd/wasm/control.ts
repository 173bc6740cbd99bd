import { int, type Int } from './instruction';
import { i32 } from './numbers';
import {
  Label,
  Local,
  ProgramError,
  type Body,
  type Expression,
  type Statement,
  type ValueType,
  type WasmFunction,
} from './program';

/** Gives a local variable a value. */
export function set<T extends ValueType>(
  local: Local<T>,
  value: Expression<T> | (T extends 'i32' ? number : never),
): Statement {
  const expression = typeof value === 'number' ? int(value) : value;
  if (expression.result !== local.result) {
    throw new ProgramError(
      `local.set: ${local.name} is ${local.result}; received ${expression.name}, ` +
        `which is ${expression.result}.`,
    );
  }
  return { kind: 'set', local, value: expression };
}

/** Adds to a local variable. */
export function increase(local: Local<'i32'>, by: Int): Statement {
  return set(local, i32.add(local, by));
}

/** Statements that a branch to the label leaves. */
export function block(name: string, body: (end: Label) => Body): Statement {
  const label = new Label(name);
  return { kind: 'block', label, body: body(label) };
}

/** Statements that a branch to the label begins again; otherwise they are done once. */
export function loop(name: string, body: (again: Label) => Body): Statement {
  const label = new Label(name);
  return { kind: 'loop', label, body: body(label) };
}

/** Goes to a label. */
export function branch(label: Label): Statement {
  return { kind: 'branch', label, condition: undefined };
}

/** Goes to a label if the condition is not 0. */
export function branchIf(label: Label, condition: Int): Statement {
  return { kind: 'branch', label, condition: int(condition) };
}

/** Does `body` if the condition is not 0, else `otherwise`. */
export function when(condition: Int, body: Body, otherwise: Body = []): Statement {
  return { kind: 'if', condition: int(condition), body, otherwise };
}

/** Does the body so many times, at least once; `counter` goes from `times` down to 1. */
export function repeat(counter: Local<'i32'>, times: Int, body: Body): Body {
  return [
    set(counter, int(times)),
    loop(counter.name, (again) => [
      body,
      set(counter, i32.sub(counter, 1)),
      branchIf(again, counter),
    ]),
  ];
}

/** Does the body while the condition, tested before each time, is not 0. */
export function repeatWhile(condition: Int, body: Body): Statement {
  return block('done', (done) =>
    loop('next', (next) => [branchIf(done, i32.eqz(condition)), body, branch(next)]),
  );
}

/** Makes local variables of a function. */
export type MakeLocal = <T extends ValueType>(type: T, name: string) => Local<T>;

/**
 * Defines a function. `write` receives the parameters by name and a maker of locals, and returns
 * what the function does.
 */
export function defineFunction<const P extends Readonly<Record<string, ValueType>>>(
  name: string,
  parameters: P,
  write: (parameters: { readonly [K in keyof P]: Local<P[K]> }, local: MakeLocal) => Body,
): WasmFunction {
  const named = Object.entries(parameters).map(
    ([parameter, type], index) => new Local(type, parameter, index),
  );
  const locals: Local[] = [];
  const makeLocal: MakeLocal = (type, local) => {
    const made = new Local(type, local, named.length + locals.length);
    locals.push(made);
    return made;
  };
  const byName = Object.fromEntries(named.map((parameter) => [parameter.name, parameter]));
  const body = write(byName as { readonly [K in keyof P]: Local<P[K]> }, makeLocal);
  return { name, parameters: named, locals, body };
}

/** Several locals of one type, called `name0`, `name1`, ... */
export function makeLocals<T extends ValueType>(
  local: MakeLocal,
  type: T,
  name: string,
  count: number,
): Local<T>[] {
  return Array.from({ length: count }, (_, i) => local(type, `${name}${i}`));
}
