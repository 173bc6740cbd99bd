import { formatNumber, formatShape, type Tensor } from '@gradus/tensor';

/** A gradient with respect to one input, computed only if somebody asks for it; `null`: there is none. */
export type LazyGradient = (() => Tensor) | null;

/** One step of a computation: which operation made which tensor from which. */
export interface TapeEntry {
  readonly op: string;
  readonly inputs: readonly Tensor[];
  readonly output: Tensor;
  /** The gradients with respect to the inputs, from that with respect to the output. */
  pullback(dy: Tensor): readonly LazyGradient[];
}

/**
 * The list of operations that led from some tensors, the leaves, to a result, in the order in which
 * they ran. Operations that do not depend on a leaf are not listed.
 */
export class Tape {
  private readonly recorded: TapeEntry[] = [];
  private readonly tracked: Set<Tensor>;

  constructor(readonly leaves: readonly Tensor[]) {
    this.tracked = new Set(leaves);
  }

  /** What was recorded so far, first operation first. */
  get entries(): readonly TapeEntry[] {
    return this.recorded;
  }

  /** Whether a tensor is a leaf or was computed from one. */
  tracks(x: Tensor): boolean {
    return this.tracked.has(x);
  }

  /** Appends an operation if it depends on a leaf. */
  add(entry: TapeEntry): void {
    if (!entry.inputs.some((x) => this.tracked.has(x))) return;
    this.recorded.push(entry);
    this.tracked.add(entry.output);
  }

  /** The computation as text, one line for each leaf and operation. */
  toString(): string {
    const names = new Map<Tensor, string>();
    const line = (x: Tensor, text: string): string => {
      const name = `%${names.size}`;
      names.set(x, name);
      return `${name} = ${text}: ${x.dtype} ${formatShape(x.shape)}`;
    };
    return [
      ...[...new Set(this.leaves)].map((leaf) => line(leaf, 'leaf')),
      ...this.entries.map(({ op, inputs, output }) =>
        line(output, `${op}(${inputs.map((x) => names.get(x) ?? constantName(x)).join(', ')})`),
      ),
    ].join('\n');
  }
}

function constantName(x: Tensor): string {
  return x.size === 1 ? formatNumber(x.item()) : `constant ${formatShape(x.shape)}`;
}

/** What is told of each operation that runs. */
interface Recorder {
  tracks(x: Tensor): boolean;
  add(entry: TapeEntry): void;
}

let running: readonly Recorder[] = [];

/** Whether any tape is running. */
export function isRecording(): boolean {
  return running.length > 0;
}

/** Appends an operation to every tape that is running. */
export function record(entry: TapeEntry): void {
  for (const tape of running) tape.add(entry);
}

/**
 * Runs `f` while a tape lists what is computed from `leaves`. Tapes nest: what runs inside an inner
 * one is listed on the outer one too, which is how gradients of gradients come about.
 * @throws TypeError if `f` returns a promise: what it still has to do would not be listed.
 * @throws Error if a second copy of this package is loaded.
 */
export function recording<T>(leaves: readonly Tensor[], f: () => T): { value: T; tape: Tape } {
  refuseSecondCopy();
  const tape = new Tape(leaves);
  return { value: withTapes('recording', [...running, tape], f), tape };
}

/**
 * Runs `f` without listing what it does on any tape.
 * @throws TypeError if `f` returns a promise: what it still has to do would be listed.
 */
export function withoutRecording<T>(f: () => T): T {
  return withTapes('withoutRecording', [], f);
}

/**
 * Runs `f` without listing what it does on any tape, and says from which tensors that running tapes
 * track its result may have come: those that an operation in it used, and the result itself if it
 * is one.
 * @throws TypeError if `f` returns a promise: what it still has to do would be listed.
 */
export function withUses(f: () => Tensor): { value: Tensor; uses: readonly Tensor[] } {
  const uses = new Uses(running);
  const value = withTapes('withUses', [uses], f);
  uses.note(value);
  return { value, uses: [...uses.found] };
}

/**
 * Stands for the tapes around it, and keeps nothing of what it is told but where it began: tensors
 * that they do not track were made inside, from those that it has found already, or from constants.
 */
class Uses implements Recorder {
  readonly found = new Set<Tensor>();

  constructor(private readonly around: readonly Recorder[]) {}

  tracks(x: Tensor): boolean {
    return this.around.some((recorder) => recorder.tracks(x));
  }

  add({ inputs }: TapeEntry): void {
    for (const x of inputs) this.note(x);
  }

  note(x: Tensor): void {
    if (this.tracks(x)) this.found.add(x);
  }
}

function withTapes<T>(op: string, tapes: readonly Recorder[], f: () => T): T {
  const before = running;
  running = tapes;
  try {
    const result = f();
    if (!(result instanceof Promise)) return result;
    // Its own failure, if any, must not end the program before this error is seen.
    result.catch(() => undefined);
    throw new TypeError(
      `${op}: expected a synchronous function; received one that returns a promise. ` +
        `Await outside, and call ${op} around each synchronous step.`,
    );
  } finally {
    running = before;
  }
}

const copyMark = Symbol.for('gradus.autodiff');
const thisCopy = {};

/**
 * Two copies of this package in one program have two lists of running tapes: operations of the one
 * would be missing from the gradients of the other, silently.
 */
function refuseSecondCopy(): void {
  const registry = globalThis as { [copyMark]?: object };
  registry[copyMark] ??= thisCopy;
  if (registry[copyMark] === thisCopy) return;
  throw new Error(
    'Two copies of @gradus/autodiff are loaded, so gradients would be incomplete. ' +
      'Install one version only: `npm ls @gradus/autodiff` shows who brings the second.',
  );
}
