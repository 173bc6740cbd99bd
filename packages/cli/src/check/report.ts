import type { OutputStream } from '../terminal';
import type { Listener, Result } from './runChecks';

/** Marks of what holds, what does not, and what was not tried. */
const marks: Readonly<Record<Result['outcome'], string>> = {
  holds: '✓',
  fails: '✗',
  'not tried': '–',
};

/** Writes the results as they come. */
export function reportTo(output: OutputStream): Listener {
  return {
    begin({ name, kind }, found) {
      output.write(`${name}: ${kind}${found === '' ? '' : ` ${found}`}\n`);
    },
    result: (result) => output.write(`${lineOf(result)}\n`),
  };
}

function lineOf({ check, outcome, cases, seconds, message }: Result): string {
  const mark = `  ${marks[outcome]} ${check}`;
  if (outcome === 'holds') {
    const note = message === undefined ? '' : `; ${message}`;
    return `${mark} (${casesText(cases)}, ${secondsText(seconds)}${note})`;
  }
  if (outcome === 'not tried') return `${mark}: not tried: ${message}`;
  return `${mark}\n\n${indented(message ?? '')}\n`;
}

/** What came of all checks, in a line or two. */
export function summaryOf(results: readonly Result[], seconds: number, seed: number): string {
  const count = (outcome: Result['outcome']): number =>
    results.filter((result) => result.outcome === outcome).length;
  const [holds, fails, untried] = [count('holds'), count('fails'), count('not tried')];
  const cases = results.reduce((total, result) => total + result.cases, 0);
  const parts = [
    `${holds} of ${holds + fails} checks hold`,
    ...(untried > 0 ? [`${untried} not tried`] : []),
    casesText(cases),
    secondsText(seconds),
    `seed ${seed}`,
  ];
  return `\n${parts.join(', ')}.\n`;
}

function casesText(cases: number): string {
  return `${cases} ${cases === 1 ? 'case' : 'cases'}`;
}

function secondsText(seconds: number): string {
  return `${seconds.toFixed(seconds < 10 ? 2 : 0)} s`;
}

function indented(text: string): string {
  return text.trimEnd().replace(/^(?=.)/gm, '    ');
}
