/** What a thread is told when it begins. */
export interface ThreadStart {
  /** The engine's memory. */
  readonly memory: WebAssembly.Memory;
  /** Through which it and the engine talk: at `places`, one of `states` and what belongs to it. */
  readonly words: Int32Array<SharedArrayBuffer>;
  readonly places: typeof places;
  readonly states: typeof states;
}

/** What stands at each place of a thread's words. */
export const places = {
  state: 0,
  /** Where a list of calls begins, in bytes, and how many numbers it has. */
  address: 1,
  length: 2,
  /** Grows with each call made. */
  progress: 3,
} as const;

/** What a thread is doing. Only the engine makes it `posted` and `cancelled`, only the thread the others. */
export const states = {
  idle: 0,
  /** There is a list of calls for it. */
  posted: 1,
  /** It has begun with the list. */
  taken: 2,
  done: 3,
  /** A call threw; it will not go on. */
  failed: 4,
  /** The engine no longer waits: the list is not to be begun, or not to be continued. */
  cancelled: 5,
} as const;

/** In a list of calls: stands for a module that the thread shall make, not for the name of a kernel. */
export const makeModule = -1;
/** Calls have no more arguments than this. */
export const mostArguments = 12;

/**
 * What a thread does, for ever: waits for a list of calls, and makes them. The list is of numbers:
 *
 *     module, -1, address, bytes       make the module from these bytes, and give it this number
 *     module, kernel, count, ...args   call a kernel of a module
 *
 * In Node the text of this function becomes the program of a thread, so that no bundler has to know
 * of it: it must not use anything from outside itself.
 */
export function runThread(start: ThreadStart, ready: () => void): void {
  const { memory, words, places, states } = start;
  /** Looks at the state so often, some 100 microseconds, before it goes to sleep. */
  const mostLooks = 10_000;
  /** Sleeps no longer than this, in milliseconds, without another look. */
  const longestSleep = 1000;
  type Call = (...args: (number | undefined)[]) => void;
  const modules: Call[][] = [];

  const make = (address: number, bytes: number): Call[] => {
    const module = new WebAssembly.Module(new Uint8Array(memory.buffer, address, bytes).slice());
    const { exports } = new WebAssembly.Instance(module, { host: { memory } });
    return Object.values(exports) as Call[];
  };

  const makeCalls = (list: Float64Array): void => {
    for (let at = 0; at < list.length;) {
      if (Atomics.load(words, places.state) !== states.taken) return;
      const [number, kernel, count] = [list[at]!, list[at + 1]!, list[at + 2]!];
      at += 3;
      if (kernel < 0) {
        modules[number] = make(count, list[at]!);
        at += 1;
      } else {
        const call = modules[number]![kernel]!;
        // Written out, because a call with a list of arguments takes ten times as long. Those that a
        // kernel does not have are ignored.
        // prettier-ignore
        call(
          list[at], list[at + 1], list[at + 2], list[at + 3], list[at + 4], list[at + 5],
          list[at + 6], list[at + 7], list[at + 8], list[at + 9], list[at + 10], list[at + 11],
        );
        at += count;
      }
      Atomics.add(words, places.progress, 1);
    }
  };

  const serve = (): void => {
    let result: number = states.done;
    try {
      const address = Atomics.load(words, places.address) >>> 0;
      const length = Atomics.load(words, places.length);
      makeCalls(new Float64Array(memory.buffer, address, length));
    } catch {
      result = states.failed;
    }
    Atomics.compareExchange(words, places.state, states.taken, result);
    Atomics.notify(words, places.state);
  };

  ready();
  for (;;) {
    let state = Atomics.load(words, places.state);
    for (let looks = 0; state !== states.posted && looks < mostLooks; looks++) {
      state = Atomics.load(words, places.state);
    }
    if (state === states.failed) return;
    if (state !== states.posted) Atomics.wait(words, places.state, state, longestSleep);
    const found = Atomics.compareExchange(words, places.state, states.posted, states.taken);
    if (found === states.posted) serve();
  }
}
