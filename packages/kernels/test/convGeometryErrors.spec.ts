import { OptionError, ShapeError, type Shape } from '@gradus/tensor';
import { expect } from 'chai';
import { convGeometry, type ConvOptions } from '../src/index';

const image = [1, 4, 5, 2];
const kernel = [3, 3, 2, 4];
const counted = (option: string, received: string): string =>
  `op: expected ${option} to be a whole number of at least 1; received ${received}.`;
const padded = (received: string): string =>
  "op: expected padding 'same', 'valid', a whole number of at least 0, or " +
  `[[top, bottom], [left, right]]; received ${received}.`;

const wrongShapes: readonly [x: Shape, filter: Shape, options: ConvOptions, message: string][] = [
  [
    [4, 5, 2],
    kernel,
    {},
    'op: expected x [batch, height, width, channels]; received [4, 5, 2]. ' +
      'x has 3 axes, not 4. Try reshape(x, [1, 4, 5, 2]).',
  ],
  [
    [4, 5],
    kernel,
    {},
    'op: expected x [batch, height, width, channels]; received [4, 5]. x has 2 axes, not 4.',
  ],
  [
    image,
    [3, 3, 2],
    {},
    'op: expected a filter [height, width, channels / groups, filters] of at least 1x1; ' +
      'received [3, 3, 2].',
  ],
  [
    image,
    [3, 0, 2, 4],
    {},
    'op: expected a filter [height, width, channels / groups, filters] of at least 1x1; ' +
      'received [3, 0, 2, 4].',
  ],
  [
    image,
    [3, 3, 3, 4],
    {},
    'op: expected x [batch, height, width, 3]; received [1, 4, 5, 2]. ' +
      'The last axis is 2; the filter [3, 3, 3, 4] takes 3 channels in each of 1 group.',
  ],
  [
    image,
    [3, 3, 2, 4],
    { groups: 2 },
    'op: expected x [batch, height, width, 4]; received [1, 4, 5, 2]. ' +
      'The last axis is 2; channels come last. Try transpose(x, [0, 2, 3, 1]).',
  ],
  [
    [1, 5, 5, 2],
    [3, 3, 2, 4],
    { groups: 2 },
    'op: expected x [batch, height, width, 4]; received [1, 5, 5, 2]. ' +
      'The last axis is 2; the filter [3, 3, 2, 4] takes 2 channels in each of 2 groups.',
  ],
  [
    image,
    [3, 3, 1, 3],
    { groups: 2 },
    'op: expected a number of filters divisible by 2 groups; received 3.',
  ],
  [
    image,
    [5, 3, 2, 4],
    {},
    'op: expected a padded image of at least 5x3 pixels; received 4x5, from x [1, 4, 5, 2]. ' +
      "The kernel is 5x3. Use padding 'same', or a larger image.",
  ],
  [
    image,
    kernel,
    { dilations: [1, 4], padding: 1 },
    'op: expected a padded image of at least 3x9 pixels; received 6x7, from x [1, 4, 5, 2]. ' +
      "The kernel is 3x3 (3x9 when dilated). Use padding 'same', or a larger image.",
  ],
  [
    [1, 0, 5, 2],
    kernel,
    {},
    'op: expected a padded image of at least 3x3 pixels; received 0x5, from x [1, 0, 5, 2]. ' +
      "The kernel is 3x3. Use padding 'same', or a larger image.",
  ],
];

/** As a configuration or a JavaScript program might give them. */
const wrongOptions: readonly [options: string, message: string][] = [
  ['{ "strides": 0 }', counted('strides', '0')],
  ['{ "strides": [1, 1.5] }', counted('strides', '1.5')],
  ['{ "strides": [2] }', counted('strides', '[2]')],
  ['{ "strides": [1, 2, 2, 1] }', counted('strides', '[1,2,2,1]')],
  ['{ "strides": "2" }', counted('strides', '"2"')],
  ['{ "dilations": -1 }', counted('dilations', '-1')],
  ['{ "dilations": [0, 1] }', counted('dilations', '0')],
  ['{ "dilations": null }', counted('dilations', 'null')],
  ['{ "groups": 0 }', counted('groups', '0')],
  ['{ "groups": 1.5 }', counted('groups', '1.5')],
  ['{ "padding": -1 }', padded('-1')],
  ['{ "padding": 0.5 }', padded('0.5')],
  ['{ "padding": "SAME" }', padded('"SAME"')],
  ['{ "padding": [1, 1] }', padded('[1,1]')],
  ['{ "padding": [[1, 1]] }', padded('[[1,1]]')],
  ['{ "padding": [[1, 1], [1]] }', padded('[[1,1],[1]]')],
  ['{ "padding": [[1, 1], [1, -1]] }', padded('[[1,1],[1,-1]]')],
  ['{ "padding": [[0, 0], [1, 1], [1, 1], [0, 0]] }', padded('[[0,0],[1,1],[1,1],[0,0]]')],
];

describe('convGeometry refuses', () => {
  for (const [x, filter, options, message] of wrongShapes) {
    const title = `x [${x.join(', ')}] and filter [${filter.join(', ')}]`;
    it(`${title} with ${JSON.stringify(options)}`, () => {
      expect(() => convGeometry('op', x, filter, options))
        .to.throw(ShapeError)
        .with.property('message', message);
    });
  }

  for (const [options, message] of wrongOptions) {
    it(`the options ${options}`, () => {
      expect(() => convGeometry('op', image, kernel, JSON.parse(options) as ConvOptions))
        .to.throw(OptionError)
        .with.property('message', message);
    });
  }

  it('options that are not numbers', () => {
    expect(() => convGeometry('op', image, kernel, { strides: NaN }))
      .to.throw(OptionError)
      .with.property('message', counted('strides', 'NaN'));
    expect(() => convGeometry('op', image, kernel, { padding: Infinity }))
      .to.throw(OptionError)
      .with.property('message', padded('Infinity'));
  });
});
