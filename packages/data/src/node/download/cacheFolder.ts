import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** What decides where caches lie. */
export interface Host {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** The user's folder. */
  readonly home: string;
}

/**
 * Where data sets are kept for the next time: `gradus` in `$XDG_CACHE_HOME` if that is set, and
 * otherwise in the place for caches: `~/.cache` (XDG Base Directory Specification 0.8),
 * `~/Library/Caches` on a Mac, `%LOCALAPPDATA%` on Windows.
 */
export function cacheFolder({ platform, environment, home }: Host = thisHost()): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  // The specification says that a relative path is to be ignored.
  if (XDG_CACHE_HOME !== undefined && isAbsolute(XDG_CACHE_HOME)) {
    return join(XDG_CACHE_HOME, 'gradus');
  }
  if (platform === 'win32') {
    return join(LOCALAPPDATA ?? join(home, 'AppData', 'Local'), 'gradus', 'Cache');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'gradus');
  return join(home, '.cache', 'gradus');
}

function thisHost(): Host {
  return { platform: process.platform, environment: process.env, home: homedir() };
}
