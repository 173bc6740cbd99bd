import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { install, InstallationFailure, type InstallOptions } from '../peers/install';

/** Our own packages as users get them: packed, then installed by npm. Removed with `remove`. */
export class PackedGradus {
  private folder: string | undefined;
  private tarballs: Promise<Readonly<Record<string, string>>> | undefined;
  private readonly installed = new Map<string, Promise<string>>();

  /** @param root the folder of the repository. */
  constructor(
    private readonly root: string,
    private readonly options: InstallOptions,
  ) {}

  /**
   * The folder in which these packages are installed, with what they depend on.
   * @throws InstallationFailure
   */
  install(packages: readonly string[]): Promise<string> {
    const key = packages.join(' ');
    const installation = this.installed.get(key) ?? this.installNew(packages);
    this.installed.set(key, installation);
    return installation;
  }

  remove(): void {
    if (this.folder !== undefined) rmSync(this.folder, { recursive: true, force: true });
  }

  private async installNew(packages: readonly string[]): Promise<string> {
    const place = (this.folder ??= mkdtempSync(join(tmpdir(), 'gradus-bench-')));
    const folder = join(place, `installed-${this.installed.size}`);
    const tarballs = await (this.tarballs ??= this.pack(place));
    // Those they depend on are not published, so npm is told about all of them.
    const overrides = Object.fromEntries(
      Object.entries(tarballs).map(([name, path]) => [name, `file:${path}`]),
    );
    const wanted = Object.fromEntries(packages.map((name) => [name, overrides[name]!]));
    await install(folder, wanted, { ...this.options, overrides });
    return folder;
  }

  private pack(place: string): Promise<Readonly<Record<string, string>>> {
    const script = join(this.root, 'scripts/packTo.mjs');
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [script, join(place, 'packed')], {
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: this.options.limitMs,
        ...(this.options.signal === undefined ? {} : { signal: this.options.signal }),
      });
      let [output, complaints] = ['', ''];
      child.stdout.on('data', (text: Buffer) => (output += text.toString()));
      child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
      child.on('error', (error) => reject(new InstallationFailure(error.message)));
      child.on('close', (status) => {
        if (status === 0) return resolve(JSON.parse(output) as Record<string, string>);
        const line = complaints.split('\n').find((text) => /Error/.test(text));
        reject(new InstallationFailure(`could not be packed: ${line ?? `status ${status}`}`));
      });
    });
  }
}
