import { quick, thorough, type Thoroughness } from '../harness/contest';
import { defaultCache } from '../peers/install';
import { peers, type Peer, type PeerName } from '../peers/peers';

/** How the benchmark is run. */
export interface RunSettings {
  readonly engine: string;
  readonly peers: readonly Peer[];
  readonly thoroughness: Thoroughness;
  /** Where peers are installed. */
  readonly cache: string;
  /** How long any one answer of a contestant may take. */
  readonly limitMs: number;
  /** How long an installation may take. */
  readonly installLimitMs: number;
  readonly explain: boolean;
  /** The repository. */
  readonly root: string;
  /** The program that drives a library, by the name of its file. */
  readonly childProgram: (name: string) => string;
}

/** What the command line says of it. */
export interface RunOptions {
  readonly engine: string;
  readonly peers: readonly PeerName[];
  readonly quick: boolean;
  readonly explain: boolean;
  /** Seconds. */
  readonly limit: number;
  readonly cache: string | undefined;
}

/** Settings from the command line's options. */
export function settingsOf(
  options: RunOptions,
  { root, childProgram }: Pick<RunSettings, 'root' | 'childProgram'>,
): RunSettings {
  return {
    engine: options.engine,
    peers: options.peers.map((name) => peers.find((peer) => peer.name === name)!),
    thoroughness: options.quick ? quick : thorough,
    cache: options.cache ?? defaultCache(),
    limitMs: options.limit * 1000,
    installLimitMs: 600_000,
    explain: options.explain,
    root,
    childProgram,
  };
}
