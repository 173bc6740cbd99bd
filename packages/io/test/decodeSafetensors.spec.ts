import { expect } from 'chai';
import fc from 'fast-check';
import { tensor, zeros } from '@gradus/tensor';
import { decodeSafetensors, encodeSafetensors, FormatError } from '../src/index';
import { file, one } from './safetensorsBytes';
import { expectOnlyFormatErrors } from './viewRecords';

describe('decodeSafetensors', () => {
  const read: readonly [string, readonly number[], string, number][] = [
    ['F32', [0, 0, 0x20, 0xc0], 'float32', -2.5],
    ['F64', [0, 0, 0, 0, 0, 0, 0x04, 0xc0], 'float64', -2.5],
    ['I32', [0xfe, 0xff, 0xff, 0xff], 'int32', -2],
    ['U8', [200], 'uint8', 200],
    ['BOOL', [1], 'uint8', 1],
    ['F16', [0x00, 0xc1], 'float32', -2.5],
    ['F16', [0xff, 0x7b], 'float32', 65504],
    ['F16', [0x01, 0x80], 'float32', -(2 ** -24)],
    ['F16', [0x00, 0x04], 'float32', 2 ** -14],
    ['F16', [0x00, 0xfc], 'float32', -Infinity],
    ['F16', [0x01, 0x7c], 'float32', NaN],
    ['F16', [0x00, 0x80], 'float32', -0],
    ['BF16', [0x20, 0xc0], 'float32', -2.5],
    ['BF16', [0x80, 0x7f], 'float32', Infinity],
    ['I8', [0xfe], 'int32', -2],
    ['I16', [0xfe, 0xff], 'int32', -2],
    ['U16', [0xfe, 0xff], 'int32', 65534],
    ['U32', [0xff, 0xff, 0xff, 0x7f], 'int32', 2 ** 31 - 1],
    ['I64', [0, 0, 0, 0x80, 0xff, 0xff, 0xff, 0xff], 'int32', -(2 ** 31)],
    ['U64', [7, 0, 0, 0, 0, 0, 0, 0], 'int32', 7],
  ];
  for (const [stored, data, dtype, value] of read) {
    it(`reads ${stored} [${data.join(', ')}] as ${dtype} ${value}`, () => {
      const { x } = decodeSafetensors(one(stored, '[]', data)).tensors;
      expect(x!.dtype).to.equal(dtype);
      expect(Object.is(x!.item(), value)).to.equal(true);
    });
  }

  const tooLarge: readonly [string, readonly number[], string][] = [
    ['U32', [0, 0, 0, 0x80], '2147483648'],
    ['I64', [0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff], '-2147483649'],
    ['U64', [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], '18446744073709551615'],
  ];
  for (const [stored, data, value] of tooLarge) {
    it(`refuses ${stored} ${value}, which int32 cannot hold`, () => {
      expect(() => decodeSafetensors(one(stored, '[1]', data)))
        .to.throw(FormatError)
        .with.property(
          'message',
          `decodeSafetensors: expected numbers in x that fit into int32; received ${value}.`,
        );
    });
  }

  it('reads tensors in any order, and from bytes that start anywhere in their buffer', () => {
    const entry = (at: number): string =>
      `{"dtype":"U8","shape":[1],"data_offsets":[${at},${at + 1}]}`;
    const bytes = file(`{"b":${entry(1)},"a":${entry(0)}}  `, [7, 8]);
    for (let shift = 0; shift < 8; shift++) {
      const buffer = new Uint8Array(bytes.length + 8);
      buffer.set(bytes, shift);
      const part = buffer.subarray(shift, shift + bytes.length);
      const { a, b } = decodeSafetensors(part).tensors;
      part.fill(0);
      expect([a!.item(), b!.item()]).to.deep.equal([7, 8]);
    }
  });

  it('reads a file of nothing, and a tensor without elements whatever its other axes claim', () => {
    expect(decodeSafetensors(file('{}'))).to.deep.equal({ tensors: {}, metadata: {} });
    const { x } = decodeSafetensors(
      one('F32', '[9007199254740991,9007199254740991,0]', []),
    ).tensors;
    expect(x!.size).to.equal(0);
    const sizes = [...new Array<number>(30).fill(Number.MAX_SAFE_INTEGER), 0];
    const many = decodeSafetensors(one('F32', JSON.stringify(sizes), [])).tensors['x']!;
    expect(many.shape).to.deep.equal(sizes);
  });

  const u8 = (begin: number, end: number): string =>
    `{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`;
  const long = new Uint8Array(16).fill(255);
  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'nothing',
      new Uint8Array(0),
      'the length of the header in 8 bytes at byte 0; received 0 before the end of the file.',
    ],
    [
      'a header that is too long',
      long,
      'a header of at most 100000000 bytes at byte 0; received 18446744073709551615. This may not be a safetensors file.',
    ],
    [
      'a file that ends in the header',
      file('{}').subarray(0, 9),
      'a header of 2 bytes at byte 8; received 1 before the end of the file.',
    ],
    [
      'a header that is no object',
      file('[1]'),
      'a header that is a JSON object at byte 8; received "[1]".',
    ],
    [
      'a header after a space',
      file(' {}'),
      'a header that is a JSON object at byte 8; received " {}".',
    ],
    [
      'a header that is no JSON',
      file('{"x"'),
      'a header that is a JSON object at byte 8; received "{\\"x\\"".',
    ],
    [
      'a header that is not UTF-8',
      file('{}').map((b, i) => (i === 9 ? 0xff : b)),
      'a header that is a JSON object at byte 8; received bytes that are not UTF-8.',
    ],
    [
      'a name twice',
      file(`{"ü":${u8(0, 1)},"ü":${u8(1, 2)}}`, [1, 2]),
      'different names in the header at byte 62; received "ü" twice.',
    ],
    [
      'a name twice, written in two ways',
      file(`{"a":${u8(0, 1)},"\\u0061" :${u8(0, 1)}}`, [1]),
      'different names in the header at byte 61; received "a" twice.',
    ],
    [
      'two shapes',
      file(`{"a":{"dtype":"U8","shape":[1],"shape":[2],"data_offsets":[0,1]}}`, [1]),
      'different names in the header at byte 39; received "shape" twice.',
    ],
    [
      'a number for a tensor',
      file('{"x":3}'),
      'x in the header to be an object with dtype, shape and data_offsets at byte 8; received "3".',
    ],
    [
      'an element type that no tensor holds',
      one('F8_E5M2', '[1]', [1]),
      'the dtype of x in the header to be one of F64, F32, I32, U8, BOOL, F16, BF16, I8, I16, U16, U32, I64, U64 at byte 8; received "\\"F8_E5M2\\"".',
    ],
    [
      'no element type',
      file('{"x":{"shape":[0],"data_offsets":[0,0]}}'),
      'the dtype of x in the header to be one of F64, F32, I32, U8, BOOL, F16, BF16, I8, I16, U16, U32, I64, U64 at byte 8; received nothing.',
    ],
    [
      'a negative size',
      one('U8', '[-1]', [1]),
      'the shape of x in the header to be a list of sizes at byte 8; received "[-1]".',
    ],
    [
      'a fraction of an element',
      one('U8', '[1.5]', [1]),
      'the shape of x in the header to be a list of sizes at byte 8; received "[1.5]".',
    ],
    [
      'one place',
      file('{"x":{"dtype":"U8","shape":[0],"data_offsets":[0]}}'),
      'the data_offsets of x in the header to be two places, begin and end at byte 8; received "[0]".',
    ],
    [
      'an end before the begin',
      file('{"x":{"dtype":"U8","shape":[1],"data_offsets":[1,0]}}', [1]),
      'the data_offsets of x in the header to be two places, begin and end at byte 8; received "[1,0]".',
    ],
    [
      'a number of bytes that does not fit the shape',
      one('F32', '[2]', [0, 0, 0, 0, 0]),
      '8 bytes for x, [2] of 4 bytes each at byte 8; received 5.',
    ],
    [
      'a shape beyond all numbers',
      one('F32', '[9007199254740991,9007199254740991]', [0]),
      '3.2451855365842665e+32 bytes for x, [9007199254740991, 9007199254740991] of 4 bytes each at byte 8; received 1.',
    ],
    [
      'tensors that overlap',
      file(`{"a":${u8(0, 2)},"b":${u8(1, 3)}}`, [1, 2, 3]),
      'b to begin at 2 of the data at byte 115; received 1, which is in the one before.',
    ],
    [
      'the same place twice',
      file(`{"a":${u8(0, 2)},"b":${u8(0, 2)}}`, [1, 2]),
      'b to begin at 2 of the data at byte 115; received 0, which is in the one before.',
    ],
    [
      'a gap',
      file(`{"a":${u8(0, 1)},"b":${u8(2, 3)}}`, [1, 2, 3]),
      'b to begin at 1 of the data at byte 114; received 2, after a gap.',
    ],
    [
      'a gap before the first',
      file(`{"a":${u8(1, 2)}}`, [1, 2]),
      'a to begin at 0 of the data at byte 61; received 1, after a gap.',
    ],
    [
      'a file that ends in the data',
      one('U8', '[3]', [1, 2, 3]).subarray(0, -1),
      '3 bytes of data at byte 61; received 2 before the end of the file.',
    ],
    [
      'a file that goes on after the data',
      file(`{"a":${u8(0, 1)}}`, [1, 2]),
      '1 bytes of data at byte 61; received 2. Bytes after the last tensor: 1.',
    ],
    [
      'metadata that are not texts',
      file('{"__metadata__":{"a":1}}'),
      '__metadata__ in the header to be an object of texts at byte 8; received "{\\"a\\":1}".',
    ],
    [
      'metadata that are null',
      file('{"__metadata__":null}'),
      '__metadata__ in the header to be an object of texts at byte 8; received "null".',
    ],
  ];
  for (const [title, bytes, rest] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => decodeSafetensors(bytes))
        .to.throw(FormatError)
        .with.property('message', `decodeSafetensors: expected ${rest}`);
    });
  }

  it('refuses a header of 100 MB, even if it were there', () => {
    const bytes = file('{}');
    new DataView(bytes.buffer).setUint32(0, 100_000_001, true);
    expect(() => decodeSafetensors(bytes)).to.throw(
      FormatError,
      'decodeSafetensors: expected a header of at most 100000000 bytes at byte 0; received 100000001.',
    );
  });

  it('refuses what is not bytes', () => {
    expect(() => decodeSafetensors(new ArrayBuffer(8) as never))
      .to.throw(FormatError)
      .with.property(
        'message',
        'decodeSafetensors: expected the bytes of a file, a Uint8Array; received an ArrayBuffer. ' +
          'Give new Uint8Array(buffer).',
      );
    expect(() => decodeSafetensors(null as never)).to.throw(FormatError, /received null\.$/);
  });

  const whole = encodeSafetensors(
    { x: tensor([1, 2, 3]), y: zeros([2, 2], 'int32') },
    { metadata: { format: 'gradus' } },
  );

  it('refuses every beginning of a file that is not the whole file', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeSafetensors(whole.subarray(0, length)), `${length}`).to.throw(FormatError);
    }
  });

  it('never fails otherwise than with a FormatError', () => {
    expectOnlyFormatErrors(decodeSafetensors, whole, 1000);
    const json = fc.json().map((text) => file(text));
    fc.assert(
      fc.property(json, (bytes) => {
        try {
          decodeSafetensors(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
    );
  });
});
