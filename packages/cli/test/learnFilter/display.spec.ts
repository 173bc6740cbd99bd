import { expect } from 'chai';
import { filters, tensor, zeros, type Tensor } from 'gradus';
import { createDisplay } from '../../src/display/createDisplay';
import type { Display } from '../../src/display/display';
import { showEpoch } from '../../src/learnFilter/showEpoch';
import type { EpochRecord } from '../../src/learnFilter/training';
import type { Terminal } from '../../src/terminal';
import { KeptStream } from '../runCommand';

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
const target = filters.sobelX();

function recordOf(epoch: number, kernel: Tensor = target): EpochRecord {
  return {
    epoch,
    loss: 0.5,
    validationLoss: NaN,
    kernelError: 1.5e-5,
    similarity: 0.99994,
    kernel,
  };
}

/** A bar left open would keep the process alive. */
const opened: Display[] = [];
const closeAll = (): void => opened.splice(0).forEach((display) => display.close());

function terminalOf(environment: Terminal['environment'], columns?: number, rows?: number) {
  const [output, errors] = [new KeptStream(columns, rows), new KeptStream()];
  const display = createDisplay({ output, errors, environment });
  opened.push(display);
  return { output, errors, display };
}

describe('the display in a file or pipe', () => {
  afterEach(closeAll);

  it('writes a line for each part, epoch and warning, without control characters', () => {
    const { display, output, errors } = terminalOf({});
    display.phase('Training');
    display.progress(1, 10, 'loss 0.500');
    showEpoch(display, recordOf(3), { epochs: 12, target });
    display.warn('one\ntwo');
    display.close();
    expect(output.text).to.equal(
      'Training ...\nepoch  3/12  loss 0.500  val_loss -  error 1.50e-5  similarity 0.9999\n',
    );
    expect(errors.text).to.equal('gradus: one two\n');
  });

  it('ends with the table and where the results are', () => {
    const { display, output } = terminalOf({});
    display.finish({ summary: [['loss'], ['0.5']], folder: '/f', interrupted: true });
    expect(output.text).to.equal(
      'Interrupted: the result is complete up to this step.\n\nloss\n────\n 0.5\n\n' +
        'Results: /f\nOpen /f/report.html\n',
    );
  });

  it('is also that of a terminal which cannot move its cursor', () => {
    const { display, output } = terminalOf({ TERM: 'dumb' }, 80, 24);
    display.phase('Training');
    expect(output.text).to.equal('Training ...\n');
  });
});

describe('the display in a terminal', () => {
  afterEach(closeAll);

  it('shows a bar with the loss and the time left, and gives the cursor back', () => {
    const { display, output } = terminalOf({}, 80, 24);
    display.phase('Training');
    display.progress(5, 10, 'loss 0.250');
    expect(output.text).to.match(/Training █{12}░{12} 50%  loss 0\.250  \d+ s left/);
    expect(output.text).to.contain(hideCursor).and.not.contain(showCursor);
    display.close();
    expect(output.text.lastIndexOf(showCursor)).to.be.above(output.text.lastIndexOf(hideCursor));
  });

  it('says nothing of the time left before anything is done', () => {
    const { display, output } = terminalOf({}, 80, 24);
    display.progress(0, 10);
    expect(output.text)
      .to.contain('0%')
      .and.not.match(/left|NaN|NULL|Infinity/);
    display.close();
  });

  it('draws each kernel over the one before, in colour', () => {
    const { display, output } = terminalOf({ COLORTERM: 'truecolor' }, 80, 24);
    showEpoch(display, recordOf(1), { epochs: 2, target });
    expect(output.text).to.contain('\u001b[48;2;').and.not.contain('\u001b[J');
    showEpoch(display, recordOf(2), { epochs: 2, target });
    // One line of numbers and three of coefficients.
    expect(output.text).to.contain('\u001b[4A\u001b[Jepoch 2/2');
  });

  it('counts a line that is longer than the terminal as two', () => {
    const { display, output } = terminalOf({}, 50, 24);
    showEpoch(display, recordOf(1), { epochs: 2, target });
    showEpoch(display, recordOf(2), { epochs: 2, target });
    expect(output.text).to.contain('\u001b[5A\u001b[J');
  });

  it('leaves a drawing alone once a warning stands below it', () => {
    const { display, output, errors } = terminalOf({}, 80, 24);
    showEpoch(display, recordOf(1), { epochs: 2, target });
    display.warn('careful');
    showEpoch(display, recordOf(2), { epochs: 2, target });
    expect(errors.text).to.equal('gradus: careful\n');
    expect(output.text).to.not.contain('\u001b[J');
  });

  it('draws in plain letters where NO_COLOR is set, and in 256 colours by default', () => {
    const plain = terminalOf({ NO_COLOR: '1' }, 80, 24);
    showEpoch(plain.display, recordOf(1), { epochs: 2, target });
    expect(plain.output.text)
      .to.match(/ -2 +0 +2/)
      .and.not.contain('\u001b');
    const simple = terminalOf({}, 80, 24);
    showEpoch(simple.display, recordOf(1), { epochs: 2, target });
    expect(simple.output.text).to.contain('\u001b[48;5;');
  });

  it('makes a large kernel fit the height and width of the terminal', () => {
    const large = tensor(new Float32Array(128 * 128).fill(1), [128, 128]);
    for (const [columns, rows] of [
      [80, 24],
      [20, 60],
      [10, 3],
      [0, 0],
    ] as const) {
      const { display, output } = terminalOf({}, columns, rows);
      showEpoch(display, recordOf(1, large), { epochs: 2, target: large });
      const drawn = output.text.split('\n').slice(1, -1);
      expect(drawn.length, `${columns}x${rows}`).to.be.within(1, Math.max((rows || 24) - 3, 1));
      // Every half block is a character.
      expect(drawn[0]!.split('▀').length - 1).to.be.within(1, columns || 80);
    }
  });

  it('draws a kernel of zeros', () => {
    const { display, output } = terminalOf({}, 80, 24);
    showEpoch(display, recordOf(1, zeros([3, 3])), { epochs: 2, target });
    expect(output.text).to.contain('0');
  });
});
