import { dtypes, OptionError, sizeOf, type View } from '@gradus/tensor';
import { FormatError } from './formatError';

/** @throws FormatError unless `bytes` is what the functions that decode are given. */
export function checkBytes(op: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  throw new FormatError({
    op,
    expected: 'the bytes of a file, a Uint8Array',
    received: kindOf(bytes),
    hint: bytes instanceof ArrayBuffer ? 'Give new Uint8Array(buffer).' : undefined,
  });
}

/** What sort of value something is that should be another. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return 'an array';
  return value instanceof ArrayBuffer ? 'an ArrayBuffer' : `a value of type ${typeof value}`;
}

/**
 * The tensors of a record by name, in the order of their names: so equal content gives equal bytes.
 * @throws OptionError unless each is one.
 */
export function namedViews(
  op: string,
  tensors: Readonly<Record<string, View>>,
): readonly (readonly [string, View])[] {
  if (typeof tensors !== 'object' || tensors === null || Array.isArray(tensors)) {
    const expected = 'an object of tensors by name';
    throw new OptionError({ op, expected, received: kindOf(tensors) });
  }
  const entries = Object.entries(tensors);
  for (const [name, view] of entries) {
    if (isView(view)) continue;
    throw new OptionError({ op, expected: `a tensor ${name}`, received: kindOf(view) });
  }
  return entries.sort(([a], [b]) => (a < b ? -1 : 1));
}

function isView(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { dtype, shape } = value as Partial<View>;
  return Array.isArray(shape) && dtypes.some((known) => known === dtype);
}

/** How many bytes the elements of a view take when they are written row by row. */
export function byteLength({ dtype, shape }: View): number {
  return sizeOf(shape) * { float32: 4, float64: 8, int32: 4, uint8: 1 }[dtype];
}

/**
 * Room for a file.
 * @throws OptionError if it is larger than an array can be here.
 */
export function allocate(op: string, length: number): Uint8Array {
  try {
    return new Uint8Array(length);
  } catch {
    const expected = 'tensors that fit into one array';
    throw new OptionError({ op, expected, received: `${length} bytes` });
  }
}

/** Bytes as error messages show them: `93 4e 55`. */
export function hexOf(bytes: ArrayLike<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}

/** The text that bytes spell in UTF-8, or `undefined` if they are not UTF-8. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
