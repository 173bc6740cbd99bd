import { weightsName } from '../classification/classifierFile';
import type { ResultKind } from '../replaceableFolder';

/** The name that a result gives in its history. */
export const commandName = 'train';

/** The file that tells what was done and what came of it. */
export const historyName = 'history.json';

const files: readonly string[] = [historyName, weightsName, 'report.html'];

/** How one tells an earlier result of `train` from other folders. */
export const resultKind: ResultKind = {
  marker: historyName,
  recognises: (text) => text.includes(`"command": "${commandName}"`),
  owns: (file) => files.includes(file),
};
