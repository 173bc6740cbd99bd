import { expect } from 'chai';
import fc from 'fast-check';
import { tensor } from '@gradus/tensor';
import { decodeNpy, encodeNpy, FormatError } from '../src/index';
import { npyBytes, withHeader } from './npyBytes';

const likeThis = `a header like {'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }`;

describe('decodeNpy', () => {
  it('reads a file written by hand', () => {
    const image = decodeNpy(npyBytes('(2, 3)', [1, 2, 3, 4, 5, 6], { descr: '|u1' }));
    expect(image.dtype).to.equal('uint8');
    expect(image.toArray()).to.deep.equal([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  for (const version of [1, 2, 3] as const) {
    it(`reads version ${version}.0`, () => {
      const bytes = npyBytes('(1,)', [0, 0, 0x80, 0x3f], { version });
      expect(decodeNpy(bytes).toArray()).to.deep.equal([1]);
    });
  }

  const encodings: readonly [string, readonly number[], string, number][] = [
    ['<f4', [0, 0, 0x20, 0xc0], 'float32', -2.5],
    ['>f4', [0xc0, 0x20, 0, 0], 'float32', -2.5],
    ['<f8', [0, 0, 0, 0, 0, 0, 0x04, 0xc0], 'float64', -2.5],
    ['>f8', [0xc0, 0x04, 0, 0, 0, 0, 0, 0], 'float64', -2.5],
    ['<i4', [0xfe, 0xff, 0xff, 0xff], 'int32', -2],
    ['>i4', [0xff, 0xff, 0xff, 0xfe], 'int32', -2],
    ['|u1', [200], 'uint8', 200],
    ['|b1', [1], 'uint8', 1],
  ];
  for (const [descr, data, dtype, value] of encodings) {
    it(`reads ${descr} as ${dtype}`, () => {
      const result = decodeNpy(npyBytes('()', data, { descr }));
      expect(result.dtype).to.equal(dtype);
      expect(result.item()).to.equal(value);
    });
  }

  it('reads Fortran order as a strided view, the first axis the fastest', () => {
    const bytes = npyBytes('(2, 3)', [1, 2, 3, 4, 5, 6], { descr: '|u1', fortranOrder: true });
    const result = decodeNpy(bytes);
    expect(result.strides).to.deep.equal([1, 2]);
    expect(result.toArray()).to.deep.equal([
      [1, 3, 5],
      [2, 4, 6],
    ]);
  });

  it('reads bytes that start anywhere in their buffer, and copies them', () => {
    const bytes = encodeNpy(tensor(Float64Array.of(1, 2, 3)));
    for (let shift = 0; shift < 8; shift++) {
      const buffer = new Uint8Array(bytes.length + 8);
      const part = buffer.subarray(shift, shift + bytes.length);
      part.set(bytes);
      const result = decodeNpy(part);
      part.fill(0);
      expect(result.toArray()).to.deep.equal([1, 2, 3]);
    }
  });

  it('reads a tensor without elements, whatever its other axes claim', () => {
    const bytes = npyBytes('(9007199254740991, 9007199254740991, 0)', []);
    expect(decodeNpy(bytes).size).to.equal(0);
  });

  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'nothing',
      new Uint8Array(0),
      'decodeNpy: expected the bytes 93 4e 55 4d 50 59 of an NPY file at byte 0; received no bytes.',
    ],
    [
      'a GIF',
      Uint8Array.of(0x47, 0x49, 0x46, 0x38, 0x39, 0x61, 1, 0),
      'decodeNpy: expected the bytes 93 4e 55 4d 50 59 of an NPY file at byte 0; received 47 49 46 38 39 61.',
    ],
    [
      'an NPZ archive',
      Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0, 0, 0),
      'decodeNpy: expected the bytes 93 4e 55 4d 50 59 of an NPY file at byte 0; received 50 4b 03 04 14 00. This is a zip archive, perhaps NPZ; read it with decodeNpz.',
    ],
    [
      'a later version',
      withHeader('', [], 4),
      'decodeNpy: expected version 1.0, 2.0 or 3.0 at byte 6; received 4.0.',
    ],
    [
      'a file that ends before the version',
      npyBytes('()', []).subarray(0, 7),
      'decodeNpy: expected a version number of 2 bytes at byte 6; received 1 before the end of the file.',
    ],
    [
      'a file that ends before the length of the header',
      npyBytes('()', [], { version: 2 }).subarray(0, 11),
      'decodeNpy: expected the length of the header in 4 bytes at byte 8; received 3 before the end of the file.',
    ],
    [
      'a file that ends in the header',
      npyBytes('(2, 3)', []).subarray(0, 30),
      'decodeNpy: expected a header of 60 bytes at byte 10; received 20 before the end of the file.',
    ],
    [
      'a file that ends in the data',
      npyBytes('(2, 3)', [1, 2, 3]),
      'decodeNpy: expected 24 bytes of data for float32 [2, 3] at byte 70; received 3 before the end of the file.',
    ],
    [
      'a file that goes on after the data',
      npyBytes('(2,)', [1, 2, 3], { descr: '|u1' }),
      "decodeNpy: expected 2 bytes of data for uint8 [2] at byte 68; received 3. Bytes after the array's end: 1.",
    ],
    [
      'an element type that no tensor holds',
      npyBytes('(1,)', [0, 0, 0, 0, 0, 0, 0, 0], { descr: '<i8' }),
      `decodeNpy: expected elements of type <f4, <f8, <i4, |u1 or |b1 in the header at byte 10; received "<i8". Convert them in NumPy before saving, for example with x.astype('float32').`,
    ],
    [
      'records',
      withHeader(`{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (1,), }`),
      `decodeNpy: expected elements of type <f4, <f8, <i4, |u1 or |b1 in the header at byte 10; received "[('x', '<f4')]". Convert them in NumPy before saving, for example with x.astype('float32').`,
    ],
    [
      'a header that is not a dictionary',
      withHeader('hello\n'),
      `decodeNpy: expected ${likeThis} at byte 10; received "hello".`,
    ],
    [
      'a header with control characters',
      withHeader('\x1b[31m'),
      `decodeNpy: expected ${likeThis} at byte 10; received "\\u001b[31m".`,
    ],
    [
      'a very long header',
      withHeader('x'.repeat(300)),
      `decodeNpy: expected ${likeThis} at byte 10; received "${'x'.repeat(80)}...".`,
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => decodeNpy(bytes))
        .to.throw(FormatError)
        .with.property('message', message);
    });
  }

  it('refuses every beginning of a file that is not the whole file', () => {
    const whole = encodeNpy(tensor([1, 2, 3]));
    for (let length = 0; length < whole.length; length++) {
      expect(() => decodeNpy(whole.subarray(0, length)), `${length} bytes`).to.throw(FormatError);
    }
    expect(decodeNpy(whole).size).to.equal(3);
  });

  it('never fails otherwise than with a FormatError', () => {
    const whole = encodeNpy(tensor([1, 2, 3]));
    const edits = fc.array(fc.tuple(fc.nat({ max: 139 }), fc.nat({ max: 255 })), { minLength: 1 });
    const damaged = edits.map((changes) => {
      const bytes = whole.slice();
      for (const [place, byte] of changes) bytes[place] = byte;
      return bytes;
    });
    const garbage = fc.uint8Array({ maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(damaged, garbage), (bytes) => {
        try {
          decodeNpy(bytes);
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
