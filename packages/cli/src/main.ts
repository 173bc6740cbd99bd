#!/usr/bin/env node
import { CommanderError } from 'commander';
import { describeBadInput, exitStatus } from './failure';
import { gradusProgram } from './program';

/** Runs the command line and returns the exit status. */
async function main(): Promise<number> {
  try {
    await gradusProgram().parseAsync();
    return Number(process.exitCode ?? exitStatus.done);
  } catch (error) {
    // commander has said by itself what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitStatus.badInput;
    const line = describeBadInput(error);
    process.stderr.write(`${line === undefined ? bugReport(error) : `gradus: ${line}`}\n`);
    return line === undefined ? exitStatus.bug : exitStatus.badInput;
  }
}

function bugReport(error: unknown): string {
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `gradus: this is a mistake in Gradus; please report it with the lines below.\n${details}`;
}

void main().then((status) => {
  process.exitCode = status;
});
