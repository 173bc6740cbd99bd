import { expect } from 'chai';
import { commandConvolution, type CommandConvolutionOptions } from '../../../testing/node';

describe('commandConvolution refuses', () => {
  const wrong: readonly (readonly [string, object, string])[] = [
    ['no command', { command: undefined }, 'command to be a list; received undefined.'],
    ['a command that is no list', { command: 'port' }, "command to be a list; received 'port'."],
    ['an empty command', { command: [] }, 'a program in command; received [].'],
    [
      'an argument that is no text',
      { command: ['port', 3] },
      'command[1] to be a text that is not empty; received 3.',
    ],
    [
      'no time',
      { timeoutSeconds: 0 },
      'timeoutSeconds to be a number from 0.001 to 86400; received 0.',
    ],
    [
      'another element type',
      { dtype: 'int32' },
      "dtype to be one of float32, float64; received 'int32'.",
    ],
    [
      'another operation',
      { operations: ['pool'] },
      "operations[0] to be one of conv2d, inputGradient, filterGradient; received 'pool'.",
    ],
    [
      'a word for keepRunning',
      { keepRunning: 'yes' },
      "keepRunning to be true or false; received 'yes'.",
    ],
  ];
  for (const [title, options, message] of wrong) {
    it(title, () => {
      const all = { command: ['port'], dtype: 'float64', ...options } as CommandConvolutionOptions;
      expect(() => commandConvolution(all)).to.throw(`commandConvolution: expected ${message}`);
    });
  }
});
