import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../runCommand';
import { UserFolder } from './userFolder';

const page = readFileSync(join(__dirname, '../../../../docs/testing-your-own-layer.md'), 'utf8');

const withoutTimes = (text: string): string => text.replace(/\d+(\.\d+)? s\b/g, '0 s');

describe('the page about testing one’s own layer', function () {
  this.timeout(60_000);
  const folder = new UserFolder();

  it('shows what the command prints for its file', async () => {
    const [, module, report] =
      /^```js\n(\/\/ my-layer[.]mjs\n.*?)^```\n.*?^```\n(gain: .*?)^```/ms.exec(page)!;
    // Node imports no sources in TypeScript, which is what is installed here; `require` does.
    const { status, output } = await runCommand('check', folder.write('my-layer.ts', module!));
    expect([status, withoutTimes(output)]).to.deep.equal([0, withoutTimes(report!)]);
  });
});
