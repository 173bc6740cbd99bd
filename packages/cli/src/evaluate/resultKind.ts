import type { ResultKind } from '../replaceableFolder';

/** The name that a result gives in its numbers. */
export const commandName = 'evaluate';

/** The file that holds the numbers. */
export const numbersName = 'evaluation.json';

/** How one tells an earlier result of `evaluate` from other folders. */
export const resultKind: ResultKind = {
  marker: numbersName,
  recognises: (text) => text.includes(`"command": "${commandName}"`),
  owns: (file) => file === numbersName || file === 'report.html',
};
