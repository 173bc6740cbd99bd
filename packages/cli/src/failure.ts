import { io } from 'gradus';
import { ArgumentError, NonFiniteLossError } from 'gradus';

/** Something the user can mend: told in one line on standard error, exit status 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Exit statuses of the command. */
export const exitStatus = { done: 0, bug: 1, badInput: 2, interrupted: 130 } as const;

/** One line about an error that the user's input caused, or `undefined` if it is our own mistake. */
export function describeBadInput(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const ours = [Failure, ArgumentError, NonFiniteLossError, io.FormatError];
  if (ours.some((kind) => error instanceof kind)) return oneLine(error.message);
  return 'code' in error && typeof error.code === 'string' && 'syscall' in error
    ? describeSystemError(error.code, error)
    : undefined;
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is missing',
  EPERM: 'it is not permitted',
  EROFS: 'the file system can only be read',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'it exists already',
};

function describeSystemError(code: string, error: Error & { readonly path?: string }): string {
  return `${error.path ?? 'file system'}: ${systemErrors[code] ?? oneLine(error.message)} (${code}).`;
}

function oneLine(message: string): string {
  return message.replace(/\s*\n\s*/g, ' ');
}
