import { expect } from 'chai';
import fc from 'fast-check';
import { OptionError, scalar, Tensor, tensor, zeros } from '@gradus/tensor';
import { decodeSafetensors, encodeSafetensors } from '../src/index';
import { file } from './safetensorsBytes';
import { expectSameTensors, viewRecords } from './viewRecords';

describe('encodeSafetensors', () => {
  it('writes what the library of the format, 0.8, writes for the same tensors', () => {
    const bytes = encodeSafetensors(
      {
        ...{ b: tensor([1, 1, 1]), a: tensor(Float64Array.of(1, 1)), z: zeros([2, 2], 'int32') },
        ...{ u: tensor(Uint8Array.of(0, 1, 2)), s: scalar(2), e: zeros([0, 3]) },
      },
      { metadata: { k: 'v', format: 'np' } },
    );
    const header =
      '{"__metadata__":{"format":"np","k":"v"},' +
      '"a":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},' +
      '"b":{"dtype":"F32","shape":[3],"data_offsets":[16,28]},' +
      '"e":{"dtype":"F32","shape":[0,3],"data_offsets":[28,28]},' +
      '"s":{"dtype":"F32","shape":[],"data_offsets":[28,32]},' +
      '"z":{"dtype":"I32","shape":[2,2],"data_offsets":[32,48]},' +
      '"u":{"dtype":"U8","shape":[3],"data_offsets":[48,51]}}     ';
    const ones = [0, 0, 0x80, 0x3f];
    const data = [
      ...[0, 0, 0, 0, 0, 0, 0xf0, 0x3f, 0, 0, 0, 0, 0, 0, 0xf0, 0x3f],
      ...[...ones, ...ones, ...ones, 0, 0, 0, 0x40],
      ...[...new Array<number>(16).fill(0), 0, 1, 2],
    ];
    expect(bytes).to.deep.equal(file(header, data));
  });

  it('writes what decodeSafetensors reads to the same bits, whatever names and views', () => {
    const texts = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
    fc.assert(
      fc.property(viewRecords(), texts, (pairs, metadata) => {
        const views = Object.fromEntries(pairs.map(([name, { view }]) => [name, view]));
        const found = decodeSafetensors(encodeSafetensors(views, { metadata }));
        expectSameTensors(found.tensors, pairs);
        expect({ ...found.metadata }).to.deep.equal({ ...metadata });
      }),
    );
  });

  it('gives equal bytes for equal tensors, in whatever order and layout', () => {
    fc.assert(
      fc.property(viewRecords(), (pairs) => {
        const views = Object.fromEntries(pairs.map(([name, { view }]) => [name, view]));
        const others = Object.fromEntries(
          pairs.toReversed().map(([name, { contiguous }]) => [name, contiguous]),
        );
        const metadata = { a: '1', b: '2' };
        expect(encodeSafetensors(others, { metadata: { b: '2', a: '1' } })).to.deep.equal(
          encodeSafetensors(views, { metadata }),
        );
      }),
    );
  });

  it('aligns the data to 8 bytes, and each tensor to its elements', () => {
    fc.assert(
      fc.property(viewRecords(), (pairs) => {
        const views = Object.fromEntries(pairs.map(([name, { view }]) => [name, view]));
        const bytes = encodeSafetensors(views);
        const length = new DataView(bytes.buffer).getUint32(0, true);
        expect(length % 8).to.equal(0);
        const text = new TextDecoder().decode(bytes.subarray(8, 8 + length));
        for (const [, begin] of text.matchAll(/F64","shape":\[[\d,]*\],"data_offsets":\[(\d+),/g)) {
          expect(Number(begin) % 8).to.equal(0);
        }
        for (const [, begin] of text.matchAll(
          /[FI]32","shape":\[[\d,]*\],"data_offsets":\[(\d+)/g,
        )) {
          expect(Number(begin) % 4).to.equal(0);
        }
      }),
    );
  });

  it('keeps every bit of a float64, infinities and minus zero too', () => {
    const x = tensor(Float64Array.of(Math.PI, -0, Infinity, -Infinity, NaN, 5e-324, 1e308));
    expect(decodeSafetensors(encodeSafetensors({ x })).tensors['x']!.data).to.deep.equal(x.data);
  });

  const huge = new Tensor(zeros([1]).storage, { shape: [2 ** 50], strides: [0], offset: 0 });
  const invalid: readonly [string, unknown, unknown, string][] = [
    ['null', null, {}, 'an object of tensors by name; received null.'],
    ['a number', { x: 3 }, {}, 'a tensor x; received a value of type number.'],
    [
      'the name of metadata',
      { __metadata__: zeros([1]) },
      {},
      'tensors of other names; received __metadata__.',
    ],
    ['metadata null', {}, { metadata: null }, 'metadata to be texts by name; received null.'],
    [
      'a number in metadata',
      {},
      { metadata: { epoch: 3 } },
      'metadata to be texts by name; received a value of type number for epoch.',
    ],
    [
      'what no array holds',
      { huge },
      {},
      'tensors that fit into one array; received 4503599627370592 bytes.',
    ],
  ];
  for (const [title, tensors, options, rest] of invalid) {
    it(`refuses ${title}`, () => {
      expect(() => encodeSafetensors(tensors as never, options as never))
        .to.throw(OptionError)
        .with.property('message', `encodeSafetensors: expected ${rest}`);
    });
  }
});
