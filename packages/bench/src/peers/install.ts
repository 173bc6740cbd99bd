import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** Why packages could not be installed. */
export class InstallationFailure extends Error {
  override readonly name = 'InstallationFailure';
}

/** How packages are installed. */
export interface InstallOptions {
  readonly limitMs: number;
  /** Ends npm when it is aborted. */
  readonly signal?: AbortSignal;
  /** Where packages that others depend on come from, if not from the registry. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** npm, but for tests: a command with its first arguments. */
  readonly npm?: readonly [command: string, ...args: string[]];
}

/** Where installations are kept between runs: outside of any workspace, so that no tool sees them. */
export function defaultCache(env: NodeJS.ProcessEnv = process.env, home = homedir()): string {
  const caches = env['XDG_CACHE_HOME'] ?? env['LOCALAPPDATA'] ?? join(home, '.cache');
  return join(caches, 'gradus-bench');
}

/**
 * Installs packages in a folder of their own, unless it is there from another run. It appears when it
 * is complete, never half.
 * @param packages versions, or paths of packed packages, by name.
 * @throws InstallationFailure
 */
export async function install(
  folder: string,
  packages: Readonly<Record<string, string>>,
  options: InstallOptions,
): Promise<void> {
  if (existsSync(folder)) return;
  const temporary = join(dirname(folder), `.${randomUUID()}.tmp`);
  try {
    await mkdir(temporary, { recursive: true });
    const { overrides = {} } = options;
    const manifest = { private: true, dependencies: packages, overrides };
    await writeFile(join(temporary, 'package.json'), JSON.stringify(manifest));
    await runNpm(temporary, options);
    await rename(temporary, folder);
  } catch (error) {
    throw new InstallationFailure(`could not be installed: ${(error as Error).message}`);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** The folder for a peer's packages, named by their versions. */
export function installationFolder(
  cache: string,
  name: string,
  packages: Readonly<Record<string, string>>,
): string {
  const versions = Object.values(packages).map((version) => version.replace(/[^\w.]/g, '_'));
  return join(cache, [name, ...new Set(versions)].join('-'));
}

/** Scripts of the packages are not run: none of them needs one. */
function runNpm(folder: string, { npm = ['npm'], limitMs, signal }: InstallOptions): Promise<void> {
  const [command, ...first] = npm;
  const args = [...first, 'install', '--ignore-scripts', '--no-audit', '--no-fund'];
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
      // On Windows npm is a .cmd file, which only a shell can run.
      shell: process.platform === 'win32' && command === 'npm',
      timeout: limitMs,
      killSignal: 'SIGKILL',
      ...(signal === undefined ? {} : { signal }),
    });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    child.on('error', reject);
    child.on('close', (status, ended) => {
      if (status === 0) resolve();
      else if (ended !== null) reject(new Error(`npm took longer than ${limitMs / 1000} s`));
      else reject(new Error(errorLine(complaints) ?? `npm ended with status ${status}`));
    });
  });
}

/** npm's first line about what went wrong; the others say where its log is. */
function errorLine(text: string): string | undefined {
  const complaint = /^npm (?:error|ERR!) (?!code )(\S.*)$/m;
  return complaint.exec(text)?.[1];
}
