import { expect } from 'chai';
import { FormatError } from '../src/index';

const complaint = { op: 'decodeNpy', expected: 'version 1.0', received: '9.0' };

describe('FormatError', () => {
  it('says what was expected and what was received', () => {
    const error = new FormatError(complaint);
    expect(error.message).to.equal('decodeNpy: expected version 1.0; received 9.0.');
    expect(error).to.include({ ...complaint, name: 'FormatError' });
  });

  it('says where, and what to do', () => {
    const error = new FormatError({ ...complaint, offset: 6, hint: 'Save it again.' });
    expect(error.message).to.equal(
      'decodeNpy: expected version 1.0 at byte 6; received 9.0. Save it again.',
    );
    expect(error).to.include({ offset: 6, hint: 'Save it again.' });
  });

  it('can name the file', () => {
    const error = new FormatError({ ...complaint, offset: 6 }).inFile('kernel.npy');
    expect(error.message).to.equal(
      'kernel.npy: decodeNpy: expected version 1.0 at byte 6; received 9.0.',
    );
    expect(error).to.include({ ...complaint, offset: 6, path: 'kernel.npy' });
  });

  it('can name the archive that holds the file', () => {
    const error = new FormatError(complaint).inFile('kernel.npy').inFile('weights.npz');
    expect(error.message).to.equal(
      'weights.npz/kernel.npy: decodeNpy: expected version 1.0; received 9.0.',
    );
  });
});
