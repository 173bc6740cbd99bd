import type { ResultKind } from '../replaceableFolder';

/** The name that a result gives in its history. */
export const commandName = 'learn-filter';

const files =
  /^(history\.json|(kernel|target)\.npy|kernel\.gif|comparison\.png|loss\.svg|report\.html)$/;
const kernelFiles = /^kernels\/epoch-\d+\.(png|npy)$/;

/** How one tells an earlier result of `learn-filter` from other folders. */
export const resultKind: ResultKind = {
  marker: 'history.json',
  recognises: (text) => text.includes(`"command": "${commandName}"`),
  owns: (file) => files.test(file) || kernelFiles.test(file),
};
