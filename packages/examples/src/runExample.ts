import { CommanderError } from 'commander';
import { ArgumentError, io, NonFiniteLossError } from 'gradus';
import { exampleCommand, type Console } from './exampleCommand';

/** Exit statuses, as the command `gradus` has them. */
const [done, badInput] = [0, 2];

/**
 * Runs the command with these arguments, without any the list of programs, and returns the exit
 * status. What the user can mend is told in one line; any other error is a mistake in Gradus, and
 * thrown.
 */
export async function runExample(
  commandArguments: readonly string[],
  console: Console,
): Promise<number> {
  const given = commandArguments.length > 0 ? [...commandArguments] : ['--help'];
  try {
    await exampleCommand(console).parseAsync(given, { from: 'user' });
    return done;
  } catch (error) {
    // commander has said by itself what is wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode === 0 ? done : badInput;
    if (!isBadInput(error)) throw error;
    console.printError(`error: ${error.message.replace(/\s*\n\s*/g, ' ')}`);
    return badInput;
  }
}

function isBadInput(error: unknown): error is Error {
  const ours = [ArgumentError, NonFiniteLossError, io.FormatError];
  if (ours.some((kind) => error instanceof kind)) return true;
  // The file system's: no such folder, no permission, a full disk.
  return error instanceof Error && 'code' in error && 'syscall' in error;
}
