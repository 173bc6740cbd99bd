import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Keeps what TypeScript is translated to: it would be translated anew in every Node. */
const fromSources = join(__dirname, '../../../scripts/fromSources.cjs');

/** Runs one of the programs beside this file in a Node of its own; returns the JSON it prints. */
export function runProgram(name: string, nodeOptions: readonly string[] = []): unknown {
  const program = join(__dirname, 'programs', name);
  const output = execFileSync(
    process.execPath,
    [...nodeOptions, '--require', fromSources, program],
    { cwd: __dirname, encoding: 'utf8' },
  );
  return JSON.parse(output) as unknown;
}
