import { expect } from 'chai';
import { ArgumentError, DTypeError, OptionError, ShapeError } from '../src/index';

const kinds = [
  { kind: ShapeError, name: 'ShapeError' },
  { kind: DTypeError, name: 'DTypeError' },
  { kind: OptionError, name: 'OptionError' },
];

for (const { kind, name } of kinds) {
  describe(name, () => {
    const complaint = { op: 'conv2d', expected: 'x of rank 4', received: '[3]' };

    it('says what was expected and what was received', () => {
      const error = new kind(complaint);
      expect(error.message).to.equal('conv2d: expected x of rank 4; received [3].');
      expect(String(error)).to.equal(`${name}: conv2d: expected x of rank 4; received [3].`);
    });

    it('ends with its hint', () => {
      const error = new kind({ ...complaint, hint: 'Add 3 axes.' });
      expect(error.message).to.equal('conv2d: expected x of rank 4; received [3]. Add 3 axes.');
    });

    it('starts with its layer', () => {
      const error = new kind({ ...complaint, layer: 'model/0_conv2d' });
      expect(error.message).to.equal('model/0_conv2d: conv2d: expected x of rank 4; received [3].');
    });

    it('carries its parts as fields', () => {
      const whole = { ...complaint, hint: 'Add 3 axes.', layer: 'model/0_conv2d' };
      expect(new kind(whole)).to.include(whole);
    });

    it('can be told its layer later, and keeps its kind, hint and parts', () => {
      const error = new kind({ ...complaint, hint: 'Add 3 axes.' });
      const placed = error.inLayer('model/1_conv2d');
      expect(placed).to.be.an.instanceOf(kind);
      expect(placed.message).to.equal(
        'model/1_conv2d: conv2d: expected x of rank 4; received [3]. Add 3 axes.',
      );
      expect(placed).to.include({ ...complaint, hint: 'Add 3 axes.', layer: 'model/1_conv2d' });
      expect(error.layer).to.equal(undefined);
    });

    it('is an ArgumentError and an Error', () => {
      expect(new kind(complaint)).to.be.an.instanceOf(ArgumentError);
      expect(new kind(complaint)).to.be.an.instanceOf(Error);
    });
  });
}
