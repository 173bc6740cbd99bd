import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { checkPageTypes } from './documentation/checkPageTypes';
import { readPage } from './documentation/page';
import { missingCommands } from './documentation/pageFolder';
import { runPage } from './documentation/runPage';

const root = join(__dirname, '../../..');
const inFolder = (folder: string) => readdirSync(folder).map((name) => join(folder, name));

const pages = [
  join(root, 'README.md'),
  ...inFolder(join(root, 'docs')).filter((path) => path.endsWith('.md')),
  ...inFolder(join(root, 'packages')).map((folder) => join(folder, 'README.md')),
]
  .filter((path) => existsSync(path))
  .map((path) => readPage(relative(root, path), readFileSync(path, 'utf8')));

describe('The code in the documentation', function () {
  this.timeout(60_000);

  it('has the right types', () => {
    expect(checkPageTypes(pages)).to.deep.equal([]);
  });

  for (const page of pages.filter(({ runnable }) => runnable.trim() !== '')) {
    it(`prints what ${page.path} says`, async function () {
      const missing = missingCommands(page);
      if (missing.length > 0) {
        console.warn(`      ${page.path} needs ${missing.join(', ')}, which this machine lacks`);
        this.skip();
      }
      // Programs of their own take their time where the machine has other things to do, too.
      if (page.files.length > 0) this.timeout(240_000);
      const difference = await runPage(page);
      if (difference !== undefined) expect.fail(difference);
    });
  }
});

describe('The check of the documentation', function () {
  this.timeout(60_000);

  const page = (...lines: string[]) => readPage('page.md', lines.join('\n'));
  const printsTwo = page(
    '```ts',
    'const two: number = 2;',
    '```',
    'Prose.',
    '```ts',
    'console.log(two); // → 2',
    '```',
  );

  it('reads the blocks of a page as one program and keeps their lines', () => {
    expect(printsTwo.text.split('\n').indexOf('console.log(two); // → 2')).to.equal(5);
  });

  const runs = [
    ['accepts what is printed', printsTwo, undefined],
    [
      'names the line whose output differs',
      page('```ts', 'console.log(1 + 1);', '// → 3', '```'),
      'page.md:3: expected "3"; line 2 printed "2"',
    ],
    [
      'names the line that prints too much',
      page('```ts', '', 'interface Unused {}', "console.log('a\\nb'); // → a", '```'),
      'page.md:4: printed "b", which no // → names',
    ],
    [
      'names the line that should have printed',
      page('```ts', '// → 1', '```'),
      'page.md:2: expected "1"; nothing was printed',
    ],
    [
      'names the line that throws, also after an await',
      page('```ts', '', 'await Promise.resolve();', "throw new Error('no');", '```'),
      'page.md:4: Error: no',
    ],
    [
      'runs beside the files of the page, which may be programs',
      page(
        '```ts',
        "import { execFileSync } from 'node:child_process';",
        "console.log(execFileSync('perl', ['hello.pl'], { encoding: 'utf8' }).trim()); // → hello",
        '```',
        '```perl hello.pl',
        'print "hello\\n";',
        '```',
      ),
      undefined,
    ],
    [
      'does not run a block marked no-run',
      page('```ts no-run', 'console.log(1); // → 2', '```'),
      undefined,
    ],
  ] as const;
  for (const [title, subject, difference] of runs) {
    it(title, async () => {
      expect(await runPage(subject)).to.equal(difference);
    });
  }

  it('names the line whose types are wrong, also where it is not run', () => {
    const wrong = page(
      '```ts no-run',
      'const one: number = 1;',
      '```',
      '```ts no-run',
      "one + (2 as 'a');",
      '```',
    );
    const errors = checkPageTypes([printsTwo, wrong]);
    expect(errors).to.have.length(1);
    expect(errors[0]).to.match(/^page\.md:5: Conversion of type/);
  });

  it('knows the files of a page, and which commands they need', () => {
    const { files } = page(
      '```perl a.pl',
      'print 1;',
      '```',
      '```python b.py',
      '```',
      '```perl',
      '```',
    );
    expect(files).to.deep.equal([
      { name: 'a.pl', interpreter: 'perl', text: 'print 1;\n' },
      { name: 'b.py', interpreter: 'python3', text: '' },
    ]);
    const missing = { name: 'x', interpreter: 'no-such-command', text: '' };
    expect(missingCommands({ files: [missing] })).to.deep.equal(['no-such-command']);
  });

  it('refuses a word it does not know', () => {
    expect(() => page('', '```ts norun')).to.throw(
      'page.md:2: expected ```ts or ```ts no-run; received ```ts norun',
    );
  });
});
