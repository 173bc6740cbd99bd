import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of a package that is installed in a folder. */
export function versionOf(folder: string, name: string): string {
  const manifest = readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
