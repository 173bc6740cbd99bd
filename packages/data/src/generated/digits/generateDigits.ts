import { Random, zeros } from '@gradus/tensor';
import { checkNumber, checkWhole, optionsOf, wrongOption } from '@gradus/tensor/options';
import type { LabelledImages } from '../../datasets';
import { drawDigit } from './drawDigit';

/** What digits look like, and which ones they are. */
export interface DigitOptions {
  /** Height and width of each image in pixels, at least 8. Default 28. */
  readonly size?: number | undefined;
  /** A whole number, or a stream of random numbers, which does not move. Default 0. */
  readonly seed?: number | Random | undefined;
  /**
   * How much the images of a digit differ, 0 to 1: 0 prints each of its forms always in the same way, 1 is
   * handwriting. Default 1.
   */
  readonly variation?: number | undefined;
}

/** Options of `generateDigits`. */
export interface GenerateDigitsOptions extends DigitOptions {
  /** How many images. */
  readonly count: number;
}

const digits = 10;
/** No array is longer on every host. */
const mostBytes = 2 ** 32;

/**
 * Handwriting without hands: digits 0 to 9, white on black as in MNIST; images uint8
 * [count, size, size, 1] from 0 to 255 and labels int32 [count].
 *
 * Each is drawn with strokes of a pen, in one of the ways in which people write that digit: its points not
 * quite in their places, bent like rubber (P. Simard, D. Steinkraus, J. Platt, ICDAR 2003), wide or
 * narrow, slanted, turned, large or small, with a thin or a thick pen, the centre of mass near the
 * middle. Of every ten images from the first on, each shows another digit. Image i depends on the seed and
 * on i only, not on `count`.
 * @throws OptionError if an option is out of its range.
 */
export function generateDigits(options: GenerateDigitsOptions): LabelledImages {
  const op = 'generateDigits';
  const { count, size = 28, seed = 0, variation = 1 } = optionsOf(op, options);
  checkWhole(op, { count });
  checkWhole(op, { size }, 8);
  checkNumber(op, { variation }, [0, 1]);
  checkRoom(op, count * size * size);
  const random = randomOf(op, seed);
  const images = zeros([count, size, size, 1], 'uint8');
  const labels = zeros([count], 'int32');
  const orders = random.split('order');
  for (let first = 0; first < count; first += digits) {
    const order = orders.split(first / digits).permutation(digits);
    labels.data.set(order.subarray(0, count - first), first);
  }
  for (let i = 0; i < count; i++) {
    const pixels = images.data.subarray(i * size * size, (i + 1) * size * size);
    drawDigit({ pixels, size }, { digit: labels.data[i]!, variation, random: random.split(i) });
  }
  return { images, labels };
}

function checkRoom(op: string, bytes: number): void {
  if (bytes <= mostBytes) return;
  throw wrongOption(op, 'images of 4 GiB in all or less', `${bytes} bytes`);
}

/** @throws OptionError if a seed is neither a stream nor a whole number. */
export function randomOf(op: string, seed: number | Random): Random {
  if (seed instanceof Random) return seed;
  if (Number.isSafeInteger(seed)) return new Random(seed);
  throw wrongOption(op, 'seed to be a whole number or a Random', seed);
}
