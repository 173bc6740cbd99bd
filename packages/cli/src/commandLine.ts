import { CommanderError } from 'commander';
import { describeBadInput, exitStatus } from './failure';
import { gradusProgram } from './program';
import type { Terminal } from './terminal';

/** Runs the command with these arguments and returns the exit status. */
export async function runCommandLine(
  commandArguments: readonly string[],
  terminal: Terminal,
): Promise<number> {
  let status: number = exitStatus.done;
  const program = gradusProgram({ terminal, endWith: (ending) => (status = ending) });
  try {
    await program.parseAsync([...commandArguments], { from: 'user' });
    return status;
  } catch (error) {
    // commander has said by itself what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.badInput;
    const line = describeBadInput(error);
    terminal.errors.write(`${line === undefined ? bugReport(error) : `gradus: ${line}`}\n`);
    return line === undefined ? exitStatus.bug : exitStatus.badInput;
  }
}

function bugReport(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `gradus: this is a mistake in Gradus; please report it with the lines below.\n${details}`;
}
