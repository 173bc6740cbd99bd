import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import ts from 'typescript';

const repository = join(__dirname, '../../../..');

const files: Readonly<Record<string, string>> = {
  'package.json': '{}',
  'tsconfig.json': JSON.stringify({
    compilerOptions: { target: 'ES2022', lib: ['ES2023'], strict: true, types: [] },
  }),
  'packages/planted/package.json': '{ "name": "planted" }',
  'packages/planted/src/numbers.ts': `
export function sum(a: number, b: number): number {
  return a + b;
}

export function atLeastTwo(a: number): number {
  return Math.max(a, 2);
}

export function countDown(n: number): number {
  while (n !== 0) n--;
  return n;
}

export function end(isOver: boolean): void {
  if (isOver) process.exit(3);
}

export function forgotten(a: number): number {
  return -a;
}
`,
  'packages/planted/test/numbers.spec.ts': `
import { strictEqual } from 'node:assert';
import { atLeastTwo, countDown, end, sum } from '../src/numbers';

describe('numbers', () => {
  it('are added up', () => strictEqual(sum(1, 2), 3));
  it('are cut off', () => strictEqual(atLeastTwo(5), 5));
  it('are counted down', () => strictEqual(countDown(3), 0));
  it('end nothing', () => end(false));
});
`,
  'packages/planted/test/broken.spec.ts': `
it('always fails', () => {
  throw new Error('broken before any mutant');
});
`,
};

/** A repository of one package, with tests that miss something, in a folder for the time being. */
export class PlantedProject {
  readonly root = realpathSync(mkdtempSync(join(tmpdir(), 'gradus-mutation-')));
  /** The program of trials, compiled. */
  readonly program = join(this.root, 'trial.cjs');

  constructor() {
    for (const [file, text] of Object.entries(files)) this.write(file, text);
    symlinkSync(join(repository, 'node_modules'), join(this.root, 'node_modules'), 'junction');
    const trial = readFileSync(join(__dirname, '../../src/children/trial.ts'), 'utf8');
    const { outputText } = ts.transpileModule(trial, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    writeFileSync(this.program, outputText);
  }

  write(file: string, text: string): void {
    const path = join(this.root, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
