/** A field of a protocol buffer message: its number and what it holds. */
export type Field = readonly [number: number, value: FieldValue];

/** A whole number from 0, text or bytes (among them a message inside a message). */
export type FieldValue = number | string | Uint8Array;

const wireTypes = { varint: 0, lengthDelimited: 2 } as const;

/**
 * A message of Protocol Buffers, as far as ONNX needs them: whole numbers from 0 up, texts and bytes.
 * https://protobuf.dev/programming-guides/encoding
 */
export function message(...fields: readonly Field[]): Uint8Array {
  return joined(fields.flatMap(([number, value]) => encodeField(number, value)));
}

function encodeField(number: number, value: FieldValue): Uint8Array[] {
  const tag = (wireType: number) => varint(number * 8 + wireType);
  if (typeof value === 'number') return [tag(wireTypes.varint), varint(value)];
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value;
  return [tag(wireTypes.lengthDelimited), varint(bytes.length), bytes];
}

/** Seven bits a byte, the lowest first; the eighth says that more follow. */
function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  while (rest >= 128) {
    bytes.push((rest % 128) + 128);
    rest = Math.floor(rest / 128);
  }
  return Uint8Array.of(...bytes, rest);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let filled = 0;
  for (const part of parts) {
    result.set(part, filled);
    filled += part.length;
  }
  return result;
}
