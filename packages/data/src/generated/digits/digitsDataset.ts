import { checkWhole, optionsOf } from '@gradus/tensor/options';
import { mnistClasses, type ImageDataset } from '../../datasets';
import { generateDigits, randomOf, type DigitOptions } from './generateDigits';

/** Options of `digitsDataset`. */
export interface DigitsDatasetOptions extends DigitOptions {
  /** How many images to train with. Default 10,000. */
  readonly train?: number | undefined;
  /** How many images to test with. Default 2,000. */
  readonly test?: number | undefined;
}

/**
 * Generated digits as a data set that needs no download; see `generateDigits`. The images to test with do
 * not depend on how many there are to train with.
 * @throws OptionError if an option is out of its range.
 */
export function digitsDataset(options: DigitsDatasetOptions = {}): ImageDataset {
  const op = 'digitsDataset';
  const { train = 10_000, test = 2_000, seed = 0, ...others } = optionsOf(op, options);
  checkWhole(op, { train, test });
  const random = randomOf(op, seed);
  return {
    train: generateDigits({ ...others, count: train, seed: random.split('train') }),
    test: generateDigits({ ...others, count: test, seed: random.split('test') }),
    classNames: mnistClasses,
  };
}
