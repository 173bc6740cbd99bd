import { expect } from 'chai';
import { FormatError } from '@gradus/io';
import { decodeCifar10 } from '../../src/index';
import { cifar10Bytes, cifar10Pixel } from './cifar10Bytes';

describe('decodeCifar10', () => {
  it('weaves the planes of each record into one image', () => {
    const { images, labels } = decodeCifar10(cifar10Bytes([3, 9, 0]));
    expect([images.dtype, labels.dtype]).to.deep.equal(['uint8', 'int32']);
    expect(labels.toArray()).to.deep.equal([3, 9, 0]);
    expect(images.shape).to.deep.equal([3, 32, 32, 3]);
    const expected = [3, 9, 0].flatMap((label) =>
      Array.from({ length: 3072 }, (_, i) => {
        const [pixel, channel] = [Math.floor(i / 3), i % 3];
        return cifar10Pixel(label, channel, Math.floor(pixel / 32), pixel % 32);
      }),
    );
    expect(Array.from(images.toTypedArray())).to.deep.equal(expected);
  });

  const wrong: readonly [string, Uint8Array, string][] = [
    [
      'nothing',
      new Uint8Array(0),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 0 bytes.',
    ],
    [
      'part of a record',
      cifar10Bytes([1]).subarray(0, 3072),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 3072 bytes.',
    ],
    [
      'a record and a byte',
      Uint8Array.of(...cifar10Bytes([1]), 0),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 1 byte after record 0. These look like records of CIFAR-100.',
    ],
    [
      'two records and a part',
      cifar10Bytes([1, 2, 3]).subarray(0, 3 * 3073 - 7),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 3066 bytes after record 1.',
    ],
    [
      'a gzip file',
      Uint8Array.of(0x1f, 0x8b, 8),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 3 bytes. This is gzip; unpack it first. The readers of @gradus/data/node do so.',
    ],
    [
      'the version for Python',
      Uint8Array.of(0x80, 2, 0x7d),
      'decodeCifar10: expected whole records of 3073 bytes, at least one; received 3 bytes. This is a Python pickle; take the binary version of the data.',
    ],
    [
      'a label that is none',
      cifar10Bytes([0, 10]),
      'decodeCifar10: expected a label from 0 to 9 at byte 3073; received 10.',
    ],
  ];
  for (const [title, bytes, message] of wrong) {
    it(`refuses ${title}`, () => {
      expect(() => decodeCifar10(bytes))
        .to.throw(FormatError)
        .with.property('message', message);
    });
  }

  it('refuses what are no bytes', () => {
    const decode = (bytes: unknown) => () => decodeCifar10(bytes as Uint8Array);
    expect(decode([0])).to.throw(
      FormatError,
      'decodeCifar10: expected the bytes of a file, a Uint8Array; received a value of type object.',
    );
  });
});
