import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Row } from '../../src/harness/row';
import type { Report } from '../../src/report/report';
import { ReportFile, ReportMismatch } from '../../src/report/reportFile';

const machine = { processor: 'Test 1', cores: 2, node: '20.0.0', date: '2026-01-31' };
const head = { machine, engine: 'loops' };
const row = (name: string, ratio?: number): Row => ({
  ...{ case: name, unit: 's', peers: {} },
  ...(ratio === undefined ? {} : { ratio }),
});

describe('The file of a report', () => {
  let folder = '';
  let path = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gradus-bench-test-'));
    path = join(folder, 'rows.json');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const read = () => JSON.parse(readFileSync(path, 'utf8')) as Report;
  const names = () => read().rows.map((one) => one.case);

  it('is complete after every row', () => {
    const file = new ReportFile(path, head);
    file.put(row('a'), { gradus: '1' });
    expect(read()).to.deep.equal({ ...head, versions: { gradus: '1' }, rows: [row('a')] });
    file.put(row('b'), { gradus: '1', peer: '2' });
    expect(names()).to.deep.equal(['a', 'b']);
    expect(read().versions).to.deep.equal({ gradus: '1', peer: '2' });
    expect(existsSync(`${path}.part`)).to.be.false;
  });

  it('begins anew, but leaves an earlier one until it has a row', () => {
    new ReportFile(path, head).put(row('a'), {});
    const file = new ReportFile(path, head);
    expect(names()).to.deep.equal(['a']);
    file.put(row('b'), {});
    expect(names()).to.deep.equal(['b']);
  });

  it('keeps earlier rows on demand, and replaces those of the same name', () => {
    const earlier = new ReportFile(path, head);
    earlier.put(row('a', 1), { old: '1' });
    earlier.put(row('b', 1), { old: '1' });
    const today = { ...head, machine: { ...machine, date: '2026-02-01' } };
    const file = new ReportFile(path, today);
    file.keepRows();
    expect(['a', 'b', 'c'].map((name) => file.has(name))).to.deep.equal([true, true, false]);
    file.put(row('a', 2), { new: '2' });
    expect(read()).to.deep.equal({
      ...today,
      versions: { old: '1', new: '2' },
      rows: [row('b', 1), row('a', 2)],
    });
  });

  it('has the rows in the order of the benchmarks, whichever came first', () => {
    const file = new ReportFile(path, head);
    for (const name of ['unknown', 'add 1M', 'matmul 512', 'matmul 256']) file.put(row(name), {});
    expect(names()).to.deep.equal(['matmul 256', 'matmul 512', 'add 1M', 'unknown']);
  });

  it('has nothing to keep where there is no file', () => {
    const file = new ReportFile(path, head);
    file.keepRows();
    expect(file.rows).to.deep.equal([]);
  });

  const others: readonly [string, typeof head][] = [
    ['processor Test 1, not Test 2', { ...head, machine: { ...machine, processor: 'Test 2' } }],
    ['cores 2, not 4', { ...head, machine: { ...machine, cores: 4 } }],
    ['node 20.0.0, not 22.0.0', { ...head, machine: { ...machine, node: '22.0.0' } }],
    ['engine loops, not simd', { ...head, engine: 'simd' }],
  ];
  for (const [difference, other] of others) {
    it(`refuses to mix rows of ${difference}`, () => {
      new ReportFile(path, head).put(row('a'), {});
      const file = new ReportFile(path, other);
      expect(() => file.keepRows()).to.throw(ReportMismatch, `${path} has rows of ${difference}`);
    });
  }

  it('says at once that there is no such folder', () => {
    expect(() => new ReportFile(join(folder, 'none', 'rows.json'), head)).to.throw('ENOENT');
  });
});
