import { expect } from 'chai';
import { io, OptionError } from 'gradus';
import { describeBadInput, Failure } from '../src/failure';

describe('describeBadInput', () => {
  it('repeats what Gradus says of bad input, in one line', () => {
    const format = new io.FormatError({ op: 'decodeNpy', expected: 'a', received: 'b' });
    const option = new OptionError({ op: 'fit', expected: 'a', received: 'b' });
    expect(describeBadInput(new Failure('a\nb'))).to.equal('a b');
    expect(describeBadInput(format)).to.equal(format.message);
    expect(describeBadInput(option)).to.equal(option.message);
  });

  it('puts system errors in words', () => {
    const full = Object.assign(new Error('x'), { code: 'ENOSPC', syscall: 'write', path: 'a/b' });
    expect(describeBadInput(full)).to.equal('a/b: the disk is full (ENOSPC).');
    const odd = Object.assign(new Error('what'), { code: 'EODD', syscall: 'read' });
    expect(describeBadInput(odd)).to.equal('file system: what (EODD).');
  });

  it('leaves our own mistakes alone', () => {
    for (const error of [new TypeError('x'), new RangeError('x'), 'text', undefined])
      expect(describeBadInput(error)).to.equal(undefined);
  });
});
