import { ArgumentError, io, NonFiniteLossError } from 'gradus';
import { oneLine } from './oneLine';

/** Something the user can mend: told in one line on standard error, exit status 2. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Exit statuses of the command; `doesNotHold` is that of `check`, as of other programs that test. */
export const exitStatus = {
  done: 0,
  bug: 1,
  doesNotHold: 1,
  badInput: 2,
  interrupted: 130,
} as const;

/** One line about an error that the user's input caused, or `undefined` if it is our own mistake. */
export function describeBadInput(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const ours = [Failure, ArgumentError, NonFiniteLossError, io.FormatError];
  if (ours.some((kind) => error instanceof kind)) return oneLine(error.message);
  if (!isSystemError(error)) return undefined;
  return oneLine(`${error.path ?? 'file system'}: ${reasonOf(error)}.`);
}

/** What the file system refused, in words and as a code. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  const code = error.code ?? '';
  return `${systemErrors[code] ?? error.message} (${code})`;
}

/** Whether an error is one of the file system's. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && 'syscall' in error;
}

const systemErrors: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'permission is missing',
  EPERM: 'it is not permitted',
  EROFS: 'the file system can only be read',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder, not a file',
  EEXIST: 'a file is in the way',
  ENAMETOOLONG: 'the name is too long',
};
