import { expect } from 'chai';
import fc from 'fast-check';
import { fill, tensor } from '@gradus/tensor';
import { tensors } from '@gradus/tensor/testing';
import { kernelToAnsi } from '../src/index';

const escape = /\u001b\[[\d;]*m/g;
const visible = (text: string) => text.replace(escape, '');
const backgrounds = (text: string) => [...text.matchAll(/\[48;([\d;]*)m/g)].map(([, code]) => code);
const sobel = tensor([
  [-1, 0, 1],
  [-2, 0, 2],
]);

describe('kernelToAnsi in colour', () => {
  it('draws two spaces for each coefficient on its colour', () => {
    const text = kernelToAnsi(sobel);
    expect(visible(text)).to.equal('      \n      ');
    expect(backgrounds(text)).to.deep.equal([
      ...['2;141;176;254', '2;221;221;221', '2;244;154;123'],
      ...['2;59;76;192', '2;221;221;221', '2;180;4;38'],
    ]);
  });

  it('uses the nearest of 256 colours where asked', () => {
    expect(backgrounds(kernelToAnsi(sobel, { color: '256' }))).to.deep.equal([
      ...['5;111', '5;253', '5;210'],
      ...['5;61', '5;253', '5;124'],
    ]);
  });

  it('draws two rows in one line where there are many', () => {
    const text = kernelToAnsi(fill([13, 5], (i) => i));
    expect(visible(text)).to.equal(Array(7).fill('▀▀▀▀▀').join('\n'));
    const [first] = text.split('▀');
    expect(first).to.match(/48;2;[\d;]+m\u001b\[38;2;/);
    expect(text.split('\n').at(-1)).to.not.match(/\[48;/);
  });

  it('writes the coefficients on their colours where asked', () => {
    const text = kernelToAnsi(tensor([[-0.5, 0.25]]), { numbers: true });
    expect(visible(text)).to.equal(' -0.500   0.250 ');
    expect(backgrounds(text)).to.have.length(2);
  });

  it('leaves the coefficients out where a row of them would not fit', () => {
    const text = kernelToAnsi(tensor([[-0.5, 0.25]]), { numbers: true, columns: 15 });
    expect(visible(text)).to.equal('    ');
  });

  it('ends every colour that it begins', () => {
    for (const line of kernelToAnsi(sobel).split('\n')) {
      expect(line.endsWith('\u001b[0m')).to.be.true;
    }
  });
});

describe('kernelToAnsi without colour', () => {
  it('draws letters that grow darker, after a minus sign where negative', () => {
    const kernel = tensor([[0, 1, 2, 3, 4, 5, 6, -1, -6, NaN]]);
    expect(kernelToAnsi(kernel, { color: 'none' })).to.equal('   . : o O # @-.-@ ?');
  });

  it('measures darkness against the range', () => {
    const kernel = tensor([[1, -1]]);
    expect(kernelToAnsi(kernel, { color: 'none', range: [-2, 2] })).to.equal(' o-o');
    expect(kernelToAnsi(kernel, { color: 'none', range: [-0.5, 0.5] })).to.equal(' @-@');
  });

  it('writes the coefficients where asked', () => {
    const text = kernelToAnsi(sobel, { color: 'none', numbers: true });
    expect(text).to.equal(' -1   0   1 \n -2   0   2 ');
  });
});

describe('kernelToAnsi', () => {
  it('averages squares of a kernel that is too wide', () => {
    const kernel = tensor([
      [6, 6, 0, 0],
      [6, 6, 0, 0],
      [-3, -3, 6, -6],
    ]);
    expect(kernelToAnsi(kernel, { color: 'none', columns: 4, range: [-6, 6] })).to.equal(
      ' @  \n-o  ',
    );
  });

  it('fits into the columns, and every line is as long as the first', () => {
    const size = fc.integer({ min: 1, max: 40 });
    const kernels = fc.tuple(size, size).chain((shape) => tensors(shape));
    const options = {
      columns: fc.integer({ min: 2, max: 50 }),
      color: fc.constantFrom('truecolor' as const, '256' as const, 'none' as const),
      numbers: fc.boolean(),
    };
    fc.assert(
      fc.property(kernels, fc.record(options), (kernel, given) => {
        const lines = visible(kernelToAnsi(kernel, given)).split('\n');
        for (const line of lines) expect(line.length).to.equal(lines[0]!.length);
        expect(lines[0]!.length).to.be.within(1, given.columns);
        if (given.color === 'none') expect(kernelToAnsi(kernel, given)).to.equal(lines.join('\n'));
      }),
    );
  });
});
