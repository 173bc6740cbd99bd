import { expect } from 'chai';
import { googlenet } from '../../src/index';
import { rowsOf } from '../rows';

describe('googlenet', () => {
  const rows = rowsOf(googlenet.describe());

  it('has the sizes of table 1', () => {
    // The table leaves out normalisation, which figure 3 shows.
    const table = rows.filter(([name]) => !name.startsWith('norm'));
    expect(table.map(([name, shape]) => `${name} ${shape.join('x')}`)).to.deep.equal([
      ...['conv1 112x112x64', 'pool1 56x56x64', 'conv2Reduce 56x56x64', 'conv2 56x56x192'],
      ...['pool2 28x28x192', 'inception3a 28x28x256', 'inception3b 28x28x480'],
      ...['pool3 14x14x480', 'inception4a 14x14x512', 'inception4b 14x14x512'],
      ...['inception4c 14x14x512', 'inception4d 14x14x528', 'inception4e 14x14x832'],
      ...['pool4 7x7x832', 'inception5a 7x7x832', 'inception5b 7x7x1024'],
      ...['globalAveragePooling2d 1024', 'dropout 1024', 'dense 1000'],
    ]);
  });

  it('has as many weights in each module as the filters of table 1 take', () => {
    // The weights that the table itself gives are some percent off these, up to 10 for 4c: 463 thousand.
    const weights = Object.fromEntries(rows.map(([name, , parameters]) => [name, parameters]));
    const module = (from: number, [a, r3, b, r5, c, p]: readonly number[]) =>
      from * (a! + r3! + r5! + p!) + 9 * r3! * b! + 25 * r5! * c! + a! + r3! + b! + r5! + c! + p!;
    expect(module(192, [64, 96, 128, 16, 32, 32])).to.equal(163696);
    expect(weights).to.include({
      conv1: 9472,
      conv2Reduce: 4160,
      conv2: 110784,
      inception3a: 163696,
      inception3b: module(256, [128, 128, 192, 32, 96, 64]),
      inception4a: module(480, [192, 96, 208, 16, 48, 64]),
      inception4b: module(512, [160, 112, 224, 24, 64, 64]),
      inception4c: module(512, [128, 128, 256, 24, 64, 64]),
      inception4d: module(512, [112, 144, 288, 32, 64, 64]),
      inception4e: module(528, [256, 160, 320, 32, 128, 128]),
      inception5a: module(832, [256, 160, 320, 32, 128, 128]),
      inception5b: module(832, [384, 192, 384, 48, 128, 128]),
      dense: 1025000,
    });
  });
});
