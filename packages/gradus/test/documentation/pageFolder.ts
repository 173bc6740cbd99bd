import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from './page';

/** The commands that a page's files need and this machine lacks. */
export function missingCommands({ files }: Pick<Page, 'files'>): string[] {
  const commands = new Set(files.map(({ interpreter }) => interpreter));
  return [...commands].filter((command) => spawnSync(command, ['--version']).status !== 0);
}

/** Runs what a page does in a folder that holds its files, if it has any. */
export async function inPageFolder<T>(
  { files }: Pick<Page, 'files'>,
  run: () => Promise<T>,
): Promise<T> {
  if (files.length === 0) return run();
  const [before, folder] = [process.cwd(), mkdtempSync(join(tmpdir(), 'gradus-page-'))];
  try {
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    process.chdir(folder);
    return await run();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true, force: true });
  }
}
