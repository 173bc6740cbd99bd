import { FormatError } from '@gradus/io';
import { tensor } from '@gradus/tensor';
import type { LabelledImages } from '../datasets';
import { checkBytes, foreignHint } from './fileBytes';

const op = 'decodeCifar10';
const edge = 32;
const channels = 3;
const classes = 10;
const planeSize = edge * edge;
const imageSize = channels * planeSize;

/** Bytes of an image with its label. */
export const cifar10RecordSize = 1 + imageSize;

/** The records of CIFAR-100 have two labels. */
const cifar100RecordSize = 2 + imageSize;

/**
 * The images and labels in the bytes of a file of CIFAR-10's binary version: records of a label, 0
 * to 9, and the red, green and blue planes of an image, each row by row. The planes are woven into
 * images [samples, 32, 32, 3].
 * Source: A. Krizhevsky, "The CIFAR-10 dataset", section "Binary version",
 * https://www.cs.toronto.edu/~kriz/cifar.html
 * @throws FormatError if the bytes are no whole number of records, at least one, or a label is none.
 */
export function decodeCifar10(bytes: Uint8Array): LabelledImages {
  checkBytes(op, bytes);
  const count = countRecords(bytes);
  const labels = new Int32Array(count);
  const pixels = new Uint8Array(count * imageSize);
  for (let i = 0; i < count; i++) {
    const start = i * cifar10RecordSize;
    labels[i] = labelAt(bytes, start);
    weavePlanes(bytes.subarray(start + 1, start + cifar10RecordSize), pixels, i * imageSize);
  }
  return { images: tensor(pixels, [count, edge, edge, channels]), labels: tensor(labels) };
}

function countRecords(bytes: Uint8Array): number {
  const rest = bytes.length % cifar10RecordSize;
  if (rest === 0 && bytes.length > 0) return bytes.length / cifar10RecordSize;
  const last = Math.floor(bytes.length / cifar10RecordSize) - 1;
  const isCifar100 = bytes.length > 0 && bytes.length % cifar100RecordSize === 0;
  throw new FormatError({
    op,
    expected: `whole records of ${cifar10RecordSize} bytes, at least one`,
    received: `${rest} ${rest === 1 ? 'byte' : 'bytes'}${last < 0 ? '' : ` after record ${last}`}`,
    hint: isCifar100 ? 'These look like records of CIFAR-100.' : foreignHint(bytes),
  });
}

function labelAt(bytes: Uint8Array, offset: number): number {
  const label = bytes[offset]!;
  if (label < classes) return label;
  throw new FormatError({
    op,
    expected: `a label from 0 to ${classes - 1}`,
    received: `${label}`,
    offset,
    hint: foreignHint(bytes),
  });
}

function weavePlanes(planes: Uint8Array, pixels: Uint8Array, start: number): void {
  for (let i = 0, to = start; i < planeSize; i++, to += channels) {
    pixels[to] = planes[i]!;
    pixels[to + 1] = planes[planeSize + i]!;
    pixels[to + 2] = planes[2 * planeSize + i]!;
  }
}
