import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { productKernel } from '../../src/simd/matMul/productKernel';
import { encodeModule, functionToText } from '../../src/simd/wasm';

const root = join(__dirname, '../../../..');
const page = readFileSync(join(root, 'docs/how-a-kernel-is-made.md'), 'utf8');

/** The blocks of a language in the page. */
function blocks(language: string): string[] {
  const found = [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  return found.filter((match) => match[1] === language).map((match) => match[2]!);
}

/** Lines without their indentation: the page shows parts of something larger. */
function flat(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

describe('The page on how a kernel is made', () => {
  it('shows the text of the product kernel', () => {
    const text = flat(functionToText(productKernel()));
    expect(blocks('wat')).to.have.length(3);
    for (const block of blocks('wat')) expect(text).to.contain(flat(block));
  });

  it('shows lines of the tile', () => {
    const source = flat(readFileSync(join(root, 'packages/kernels/src/simd/tile.ts'), 'utf8'));
    expect(blocks('typescript')).to.have.length(2);
    for (const block of blocks('typescript')) expect(source).to.contain(flat(block));
  });

  it('shows the bytes of instructions that follow each other in the product kernel', () => {
    const rows = [...page.matchAll(/^\| `[^`]*`\s*\| `([0-9a-f ]+)`\s*\|$/gm)];
    const memory = { minimumPages: 1, maximumPages: 1, shared: false };
    const bytes = Buffer.from(encodeModule([productKernel()], memory)).toString('hex');
    expect(rows).to.have.length(4);
    expect(bytes).to.contain(rows.map((row) => row[1]!.replaceAll(' ', '')).join(''));
  });
});
