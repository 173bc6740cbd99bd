import { expect } from 'chai';
import { oneLine } from '../src/oneLine';

describe('oneLine', () => {
  it('joins lines and shows control characters as question marks', () => {
    expect(oneLine(' a\n  b\r\n\u001b[31mc\u0007\t')).to.equal('a b ?[31mc?');
  });

  it('keeps letters of all alphabets', () => {
    expect(oneLine('größe 画像 👩‍💻')).to.equal('größe 画像 👩‍💻');
  });

  it('cuts the middle of a very long line', () => {
    expect(oneLine(`${'a'.repeat(1000)}`)).to.equal('a'.repeat(1000));
    expect(oneLine(`${'a'.repeat(900)}${'b'.repeat(900)}`)).to.equal(
      `${'a'.repeat(500)} ... ${'b'.repeat(500)}`,
    );
  });
});
