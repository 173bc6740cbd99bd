import { operators } from '../mutants/operators';
import { changeOf } from '../mutants/mutant';
import { remarkOn, type RemarksOf } from '../remarks/remark';
import type { Target } from '../targets';
import { isNoticed, type Result } from './result';
import type { RunReport } from './resultFile';
import { percent, reached, scoresOf, shareOf, type Score } from './scores';

/** What the page is made of. */
export interface PageParts {
  readonly targets: readonly Target[];
  readonly remarks: readonly RemarksOf[];
}

/** docs/mutation.md. */
export function mutationPage(report: RunReport, { targets, remarks }: PageParts): string {
  const scores = targets.flatMap((target) => scoresOf(target, report.results));
  const minutes = Math.ceil(report.results.reduce((sum, { seconds }) => sum + seconds, 0) / 60);
  return `# Can the tests fail?

A test that cannot fail proves nothing. So small errors are planted in the code, one at a time, and the tests that come by must notice: mutation testing. On ${report.date} a sample of ${report.results.length} mutants, drawn with the seed ${report.seed}, came out as follows. It takes ${minutes} minutes of one processor in all.

${scoreTable(scores)}

A mutant is noticed if a test fails, or a spec takes far longer than it does without it, or the process crashes. The score is the share of those noticed. Mutants that the type checker refuses, or that compute the same as the original, do not count.

## What is planted

${table([['operator', 'what it does'], ...operators.map(({ name, does }) => [`\`${name}\``, does])])}

## What survived

${survivors(report.results, remarks)}

## What is left out

Nothing that is thrown is mutated: error texts have tests of their own. Besides, the lists in \`packages/mutation/src/remarks\` leave out what no test should notice.

${leftOut(remarks)}

This page is written by \`pnpm mutation --json FILE\`, then \`pnpm mutation --write-docs FILE\`.
`;
}

function scoreTable(scores: readonly Score[]): string {
  return table([
    ['package', 'files', 'mutants', 'noticed', 'by time or crash', 'score', 'goal', ''],
    ...scores.map((score) => [
      score.target,
      score.group ?? 'all',
      `${score.mutants}`,
      `${score.noticed}`,
      `${score.timeouts + score.crashes}`,
      percent(shareOf(score)),
      score.goal === undefined ? '' : percent(score.goal),
      score.goal === undefined ? '' : reached(score),
    ]),
  ]);
}

function survivors(results: readonly Result[], remarks: readonly RemarksOf[]): string {
  const left = results.filter((one) => !isNoticed(one) && one.outcome !== 'equivalent');
  if (left.length === 0) return 'Nothing.';
  return table([
    ['where', 'operator', 'change', 'why'],
    ...left.map(({ target, mutant, outcome }) => [
      `${mutant.file.replace(/^packages\//, '')}:${mutant.line}`,
      mutant.operator,
      inCode(changeOf(mutant)),
      remarkOn(
        remarks.find((one) => one.target === target)!,
        mutant,
      )?.why ?? (outcome === 'uncovered' ? 'no spec comes by' : 'not yet read'),
    ]),
  ]);
}

function leftOut(remarks: readonly RemarksOf[]): string {
  return table([
    ['where', 'what', 'why'],
    ...remarks.flatMap(({ target, remarks: own }) =>
      own
        .filter(({ kind }) => kind !== 'survivor')
        .map(({ kind, file, within, code, change, why }) => [
          `${target}/src/${file}`,
          [within, code, change]
            .flatMap((part) => (part === undefined ? [] : [inCode(part)]))
            .join(', '),
          kind === 'equivalent' ? `the same: ${why}` : why,
        ]),
    ),
  ]);
}

function inCode(text: string): string {
  const marks = text.includes('`') ? '``' : '`';
  return `${marks}${text}${marks}`;
}

/** A table as prettier writes it. */
function table(texts: readonly (readonly string[])[]): string {
  const rows = texts.map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = rows[0]!.map((_, c) => Math.max(3, ...rows.map((row) => row[c]!.length)));
  const line = (row: readonly string[]): string =>
    `| ${row.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  const [head, ...body] = rows;
  return [line(head!), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join(
    '\n',
  );
}
