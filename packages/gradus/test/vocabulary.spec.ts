import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { currentVocabulary } from './documentation/vocabulary';

describe('The page that lists operations and layers', () => {
  /** Without the spaces by which columns are aligned. */
  const cells = (page: string): string => page.replace(/ +/g, ' ').replace(/-+/g, '-');

  it('is what the code says; `npm run docs:vocabulary` writes it anew', () => {
    const page = readFileSync(join(__dirname, '../../../docs/vocabulary.md'), 'utf8');
    expect(cells(page)).to.equal(cells(currentVocabulary()));
  });
});
