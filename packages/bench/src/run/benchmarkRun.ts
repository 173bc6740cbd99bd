import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case, MemoryCase, SizeCase, SpeedCase, StartupCase } from '../cases/case';
import { contest } from '../harness/contest';
import { Contestant, ContestantFailure, type ContestantProgram } from '../harness/contestant';
import { folderSize } from '../harness/folderSize';
import { peakMemory } from '../harness/peakMemory';
import { rowOf, summarize, type Outcome, type Row } from '../harness/row';
import { timeStartup } from '../harness/startup';
import { PackedGradus } from '../ours/packed';
import { startupProgram } from '../ours/startup';
import { install, installationFolder, InstallationFailure } from '../peers/install';
import { productModel } from '../peers/ortWeb/productModel';
import type { Peer } from '../peers/peers';
import type { RunSettings } from './runSettings';

/** The name under which we take part. */
const ours = 'gradus';

/** A peer that is installed, or why it is not. */
interface InstalledPeer {
  readonly peer: Peer;
  readonly folder?: string;
  readonly failure?: string;
}

/** One run of the benchmark: the contestants' processes, and case after case. */
export class BenchmarkRun {
  private readonly ending = new AbortController();
  private readonly packed: PackedGradus;
  /** Knows the right results. */
  private readonly definition: Contestant;
  private readonly contestants: Contestant[] = [];
  private installed: readonly InstalledPeer[] = [];

  constructor(
    private readonly settings: RunSettings,
    private readonly say: (line: string) => void,
  ) {
    const { root, installLimitMs, limitMs, childProgram } = settings;
    this.packed = new PackedGradus(root, { limitMs: installLimitMs, signal: this.ending.signal });
    const program = { name: 'definition', file: childProgram('definition') };
    this.definition = new Contestant(program, limitMs);
  }

  /** Installs the peers that are not there yet, and names our engine and theirs as contestants. */
  async prepare(): Promise<void> {
    const { peers, limitMs } = this.settings;
    const installed: InstalledPeer[] = [];
    for (const peer of peers) installed.push(await this.installPeer(peer));
    this.installed = installed;
    for (const program of this.programs()) {
      this.contestants.push(new Contestant(program, limitMs));
    }
  }

  /** What was measured of one case. */
  async row(one: Case): Promise<Row> {
    const outcomes = await this.outcomesOf(one);
    const failures = this.installed.flatMap(({ peer, failure }) =>
      failure === undefined ? [] : [[peer.name, { failed: failure }] as const],
    );
    const { [ours]: own, ...peers } = { ...outcomes, ...Object.fromEntries(failures) };
    return rowOf(one, { ...(own === undefined ? {} : { ours: own }), peers });
  }

  /** Versions of the contestants that have been started. */
  versions(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      this.contestants.flatMap(({ name, version }) =>
        version === undefined ? [] : [[name, version] as const],
      ),
    );
  }

  /** Ends all processes and removes what is not kept for the next run. */
  end(): void {
    this.ending.abort();
    [this.definition, ...this.contestants].forEach((contestant) => contestant.end());
    this.packed.remove();
  }

  private outcomesOf(one: Case): Promise<Readonly<Record<string, Outcome>>> {
    switch (one.measure) {
      case 'speed':
        return this.speeds(one);
      case 'startup':
        return this.startups(one);
      case 'memory':
        return this.memories(one);
      case 'size':
        return this.sizes(one);
    }
  }

  private async speeds(one: SpeedCase): Promise<Record<string, Outcome>> {
    if (this.settings.explain) await this.explain(one);
    const { thoroughness } = this.settings;
    const expected = await this.expected(one);
    return contest(one, this.contestants, { expected, thoroughness, ours });
  }

  /** The right result, or undefined where the contestants are compared with each other. */
  private async expected({ task }: SpeedCase): Promise<Float32Array | undefined> {
    try {
      const known = await this.definition.ask({ ask: 'prepare', task });
      return known ? await this.definition.ask({ ask: 'result' }) : undefined;
    } catch (error) {
      if (!(error instanceof ContestantFailure)) throw error;
      this.say(`  the definition ${error.message}; results are compared with each other`);
      return undefined;
    }
  }

  private async explain({ task }: SpeedCase): Promise<void> {
    const contestant = this.contestants.find(({ name }) => name === ours)!;
    const explanation = await contestant.ask({ ask: 'explain', task }).catch(() => undefined);
    if (explanation !== undefined) this.say(`  ${this.settings.engine}: ${explanation}`);
  }

  private startups({ packages }: StartupCase): Promise<Record<string, Outcome>> {
    const own = startupProgram(packages);
    const starts: [string, () => Promise<number>][] = [
      [ours, this.starts(async () => startupFile(await this.packed.install(packages), own))],
      ...this.present().map(({ peer, folder }): [string, () => Promise<number>] => [
        peer.name,
        this.starts(async () => startupFile(folder, peer.startup)),
      ]),
    ];
    return inTurns(starts, startsPerSample * this.samples());
  }

  /** Times a start of a program, which is written and has been started before. */
  private starts(write: () => Promise<string>): () => Promise<number> {
    const { limitMs } = this.settings;
    const prepare = async (): Promise<string> => {
      const file = await write();
      await timeStartup(file, limitMs); // the first one finds no file in the disk cache
      return file;
    };
    let file: Promise<string> | undefined;
    return async () => timeStartup(await (file ??= prepare()), limitMs);
  }

  private memories(one: MemoryCase): Promise<Record<string, Outcome>> {
    const programs = this.programs().map((program) => [program.name, program] as const);
    const samples = Math.min(this.samples(), 3);
    return outcomesBy(programs, async (program) => {
      const memories = await repeated(samples, () =>
        peakMemory(program, one, this.settings.limitMs),
      );
      const measured = memories.filter((memory) => memory !== undefined);
      return measured.length === 0 ? undefined : summarize(measured);
    });
  }

  private sizes({ packages }: SizeCase): Promise<Record<string, Outcome>> {
    const folders: [string, () => Promise<string>][] = [
      [ours, () => this.packed.install(packages)],
      ...this.present().map(({ peer, folder }): [string, () => Promise<string>] => [
        peer.name,
        async () => folder,
      ]),
    ];
    return outcomesBy(folders, async (folder) =>
      summarize([folderSize(join(await folder(), 'node_modules')) / 1e6]),
    );
  }

  private async installPeer(peer: Peer): Promise<InstalledPeer> {
    const { cache, installLimitMs: limitMs } = this.settings;
    this.say(`${peer.name}: installing, unless it is there`);
    try {
      const folder = installationFolder(cache, peer.child, peer.packages);
      await install(folder, peer.packages, { limitMs, signal: this.ending.signal });
      return { peer, folder };
    } catch (error) {
      if (!(error instanceof InstallationFailure)) throw error;
      this.say(`${peer.name}: ${error.message}`);
      return { peer, failure: error.message };
    }
  }

  private present(): { readonly peer: Peer; readonly folder: string }[] {
    return this.installed.flatMap(({ peer, folder }) =>
      folder === undefined ? [] : [{ peer, folder }],
    );
  }

  private programs(): ContestantProgram[] {
    const { childProgram, engine } = this.settings;
    return [
      { name: ours, file: childProgram('gradus'), args: [engine] },
      ...this.present().map(({ peer: { name, child }, folder }) => {
        const backend = name.startsWith('tfjs-') ? [name.slice('tfjs-'.length)] : [];
        return { name, file: childProgram(child), args: [folder, ...backend] };
      }),
    ];
  }

  private samples(): number {
    return this.settings.thoroughness.samples;
  }
}

/** Starts of processes vary much more than work does. */
const startsPerSample = 3;

/** Writes a program for an installation; returns the path. */
function startupFile(folder: string, program: string): string {
  const file = join(folder, 'startup.mjs');
  writeFileSync(file, program);
  writeFileSync(join(folder, 'product.onnx'), productModel());
  return file;
}

/** Samples of contestants who take turns; whoever fails has a reason instead. */
async function inTurns(
  contestants: readonly (readonly [name: string, sample: () => Promise<number>])[],
  times: number,
): Promise<Record<string, Outcome>> {
  const samples = contestants.map((): number[] => []);
  const failures: Record<string, Outcome> = {};
  for (let i = 0; i < times; i++) {
    const running = contestants
      .map(([name, sample], place) => [name, { sample, place }] as const)
      .filter(([name]) => !(name in failures));
    const round = await outcomesBy(running, async ({ sample, place }) => {
      samples[place]!.push(await sample());
      return undefined;
    });
    Object.assign(failures, round);
  }
  return Object.fromEntries(
    contestants.map(([name], place) => [name, failures[name] ?? summarize(samples[place]!)]),
  );
}

/** Measures one after the other; whoever fails has a reason instead. */
async function outcomesBy<T>(
  contestants: readonly (readonly [name: string, contestant: T])[],
  measure: (contestant: T) => Promise<Outcome | undefined>,
): Promise<Record<string, Outcome>> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, contestant] of contestants) {
    try {
      const outcome = await measure(contestant);
      if (outcome !== undefined) outcomes[name] = outcome;
    } catch (error) {
      const known = error instanceof ContestantFailure || error instanceof InstallationFailure;
      if (!known) throw error;
      outcomes[name] = { failed: error.message };
    }
  }
  return outcomes;
}

async function repeated<T>(times: number, f: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let i = 0; i < times; i++) results.push(await f());
  return results;
}
