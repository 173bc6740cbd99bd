import fc from 'fast-check';
import { isRowMajor, Tensor } from '../../src/index';

/** A method of generated values that write themselves in a way of their own, such as functions. */
export const toCode: unique symbol = Symbol('toCode');

/** Something that says which code makes it. */
export interface WithCode {
  readonly [toCode]: () => string;
}

/**
 * Has a value, which may be a function, write itself as some code; also where fast-check prints it.
 * @returns the value itself.
 */
export function withCode<T extends object>(value: T, code: () => string): T & WithCode {
  Object.defineProperty(value, toCode, { value: code });
  Object.defineProperty(value, fc.toStringMethod, { value: code });
  return value as T & WithCode;
}

/** A case as code that can be pasted into a program: `const x = ...;`, a line for each field. */
export function declarations(drawn: object): string {
  return Object.entries(drawn)
    .map(([name, value]) => `const ${name} = ${inCode(value)};`)
    .join('\n');
}

/** A value as an expression of TypeScript: tensors with `tensor`, views by their layout. */
export function inCode(value: unknown): string {
  if (hasCode(value)) return value[toCode]();
  if (value instanceof Tensor) return tensorInCode(value as Tensor);
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'string') return stringInCode(value);
  if (Array.isArray(value)) return `[${value.map(inCode).join(', ')}]`;
  if (ArrayBuffer.isView(value)) return numbersInCode(value as Float32Array);
  if (typeof value === 'object' && value !== null) return recordInCode(value);
  return String(value);
}

/** In single quotes; what JSON escapes is escaped alike in TypeScript. */
function stringInCode(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replace(/\\"/g, '"').replace(/'/g, "\\'")}'`;
}

function hasCode(value: unknown): value is WithCode {
  return Object(value) === value && toCode in (value as object);
}

function tensorInCode(x: Tensor): string {
  const shape = inCode(x.shape);
  if (isRowMajor(x)) return `tensor(${numbersInCode(x.toTypedArray())}, ${shape})`;
  const storage = `arrayStorage('${x.dtype}', ${numbersInCode(x.data)})`;
  const layout = `{ shape: ${shape}, strides: ${inCode(x.strides)}, offset: ${x.offset} }`;
  return `new Tensor(${storage}, ${layout})`;
}

function numbersInCode(numbers: ArrayLike<number> & object): string {
  return `${numbers.constructor.name}.of(${Array.from(numbers, inCode).join(', ')})`;
}

function recordInCode(value: object): string {
  const nameInCode = (name: string): string =>
    /^[a-z_$][\w$]*$/i.test(name) ? name : inCode(name);
  const fields = Object.entries(value).map(
    ([name, field]) => `${nameInCode(name)}: ${inCode(field)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
