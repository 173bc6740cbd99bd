import { existsSync, readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { prepareWork, type Library, type Work } from './library';
import type { Answers, Reply, Request } from './protocol';

/**
 * The life of a contestant's process: loads the library, then answers the benchmark's requests until
 * the benchmark is gone.
 */
export function serve(load: () => Library | Promise<Library>): void {
  process.on('disconnect', () => process.exit());
  // The benchmark ends its contestants itself, after it has said what it has.
  process.on('SIGINT', () => undefined);
  const library = Promise.resolve().then(load);
  void answer(async () => ({ version: (await library).version }));
  const contestant = library.then((loaded) => new Contestant(loaded));
  contestant.catch(() => undefined);
  process.on('message', (request: Request) => {
    void answer(async () => (await contestant).answer(request));
  });
}

async function answer(find: () => Promise<unknown>): Promise<void> {
  try {
    send({ ok: true, answer: await find() });
  } catch (error) {
    send({ ok: false, reason: error instanceof Error ? error.message : String(error) });
  }
}

function send(reply: Reply): void {
  process.send?.(reply);
}

/**
 * The largest resident memory so far. What `resourceUsage` says begins with that of the parent when
 * the process was forked; Linux knows better.
 */
function peakMiB(): number {
  const status = '/proc/self/status';
  const peak = existsSync(status) && /VmHWM:\s*(\d+) kB/.exec(readFileSync(status, 'utf8'));
  return (peak ? Number(peak[1]) : process.resourceUsage().maxRSS) / 1024;
}

class Contestant {
  private work: Work | undefined;

  constructor(private readonly library: Library) {}

  async answer(request: Request): Promise<Answers[Request['ask']]> {
    switch (request.ask) {
      case 'prepare':
        this.work = await prepareWork(this.library, request.task);
        return this.work !== undefined;
      case 'result':
        return this.prepared().result();
      case 'warmUp':
        return this.warmUp(request.ms);
      case 'sample':
        return this.time(request.times);
      case 'release':
        await this.work?.release?.();
        this.work = undefined;
        return undefined;
      case 'explain':
        return this.library.explain?.(request.task);
      case 'peakMemory':
        return peakMiB();
    }
  }

  /** The quickest run rather than the last: one interruption must not make samples too short. */
  private async warmUp(ms: number): Promise<number> {
    const end = performance.now() + ms;
    let quickest = await this.time(1);
    while (performance.now() < end) quickest = Math.min(quickest, await this.time(1));
    return quickest;
  }

  private async time(times: number): Promise<number> {
    const work = this.prepared();
    const start = performance.now();
    await work.run(times);
    return performance.now() - start;
  }

  private prepared(): Work {
    if (this.work === undefined) throw new Error('no task was prepared');
    return this.work;
  }
}
