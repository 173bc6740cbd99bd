import { elementwise, type Initializer } from './initializer';

/** All values 0. */
export const zeros = (): Initializer => elementwise('zeros', {}, () => () => 0);

/** All values 1. */
export const ones = (): Initializer => elementwise('ones', {}, () => () => 1);

/** All values the same. */
export const constant = (value: number): Initializer =>
  elementwise('constant', { value }, () => () => value);
