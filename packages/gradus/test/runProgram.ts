import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Runs one of the programs beside this file in a Node of its own; returns the JSON it prints. */
export function runProgram(name: string, nodeOptions: readonly string[] = []): unknown {
  const program = join(__dirname, 'programs', name);
  const output = execFileSync(
    process.execPath,
    [...nodeOptions, '--require', 'ts-node/register', program],
    { cwd: __dirname, encoding: 'utf8' },
  );
  return JSON.parse(output) as unknown;
}
