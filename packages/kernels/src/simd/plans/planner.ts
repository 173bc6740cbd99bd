import { rowMajor, type Shape, sizeOf, type View } from '@gradus/tensor';
import type { KernelContext } from '../context';
import type { Kernel, Kernels, KernelSource } from '../kernelCache';
import { bytesOf, type HeldDType } from '../memory/engineMemory';
import { Workspace } from '../memory/workspace';
import type { WasmFunction } from '../wasm';
import { Plan, type Operands, type Place, type PlannedCall } from './plan';

/**
 * What an operation does depends on more than the shapes of its operands: on their numbers, or on what
 * it writes to the engine's memory without a kernel. It has to be done anew each time.
 */
class Unplannable extends Error {
  override readonly name = 'Unplannable';
}

/** Addresses count from multiples of this, so that a sum tells which of them it began with. */
const apart = 2 ** 40;
const slackBytes = 64;
/** A longer plan would take more memory than it saves time. */
const mostCalls = 256;

/** What to plan. */
export interface Planned<O extends Operands> {
  /** Whether an operand lies in the engine's memory. */
  readonly isHeld: (view: View) => boolean;
  readonly kernel: (context: KernelContext, operands: O) => void;
}

/**
 * Works out a plan: lets an operation run on operands that lie nowhere, and writes down which kernels
 * it would call. Undefined if it cannot be planned.
 */
export function makePlan<O extends Operands>(
  kernels: KernelSource,
  operands: O,
  { isHeld, kernel }: Planned<O>,
): Plan | undefined {
  const recorder = new CallRecorder(kernels);
  const work = new PlanningWorkspace(recorder, isHeld);
  try {
    kernel({ kernels: recorder, work }, work.standInsFor(operands));
  } catch (error) {
    if (error instanceof Unplannable) return undefined;
    throw error;
  }
  return new Plan(work.places, work.scratchBytes, recorder.calls);
}

/** Kernels that write their calls down. */
class CallRecorder implements KernelSource {
  readonly calls: PlannedCall[] = [];
  private readonly recorders = new Map<Kernels, Kernels>();

  constructor(private readonly kernels: KernelSource) {}

  get(key: string, define: () => readonly WasmFunction[]): Kernels {
    const kernels = this.kernels.get(key, define);
    const known = this.recorders.get(kernels);
    if (known !== undefined) return known;
    const recorders = Object.fromEntries(
      Object.entries(kernels).map(([name, kernel]) => [name, this.recorder(kernel)]),
    );
    this.recorders.set(kernels, recorders);
    return recorders;
  }

  private recorder(kernel: Kernel): Kernel {
    return (...args) => {
      if (this.calls.length === mostCalls) throw new Unplannable();
      const addresses = args.map((arg) => Math.round(arg / apart));
      const numbers = args.map((arg, i) => arg - apart * addresses[i]!);
      this.calls.push({ kernel, numbers, addresses });
    };
  }
}

/** Where the numbers of a view will lie. */
interface Source {
  readonly dtype: HeldDType;
  readonly isHeld: boolean;
  /** The operand, or for a part of the working memory its address. */
  readonly of: string | number;
}

/** Gives addresses that only tell what they are of. */
class PlanningWorkspace extends Workspace {
  readonly places: Place[] = [];
  scratchBytes = 0;
  /** By the data of views, which are nothing but marks. */
  private readonly sources = new Map<unknown, Source>();

  constructor(
    kernels: KernelSource,
    private readonly isHeld: (view: View) => boolean,
  ) {
    super(kernels);
  }

  /** Views of the same shapes and steps, without numbers. */
  standInsFor<O extends Operands>(operands: O): O {
    const standIns = Object.entries(operands).map(([name, view]) => {
      if (view === undefined) return [name, undefined];
      const { dtype, shape, strides } = view;
      const source: Source = { dtype: dtype as HeldDType, isHeld: this.isHeld(view), of: name };
      return [name, { dtype, shape, strides, offset: 0, data: this.mark(source) }];
    });
    return Object.fromEntries(standIns) as O;
  }

  holds(view: View): boolean {
    return this.sourceOf(view).isHeld;
  }

  locate(view: View): number {
    const { of, dtype } = this.sourceOf(view);
    const from = typeof of === 'number' ? of : this.addressOf({ operand: of, use: 'locate' });
    return from + bytesOf(dtype, view.offset);
  }

  output(out: View): number {
    const { of } = this.sourceOf(out);
    return typeof of === 'number'
      ? this.locate(out)
      : this.addressOf({ operand: of, use: 'output' });
  }

  scratch(bytes: number): number {
    const address = apart + this.scratchBytes;
    this.scratchBytes += 64 * Math.ceil((bytes + slackBytes) / 64);
    return address;
  }

  scratchView(shape: Shape): View<'float32'> {
    const of = this.scratch(bytesOf('float32', sizeOf(shape)));
    const data = this.mark({ dtype: 'float32', isHeld: true, of });
    return { dtype: 'float32', data, ...rowMajor(shape) };
  }

  withKernels(): never {
    throw new Unplannable();
  }

  protected override get buffer(): never {
    throw new Unplannable();
  }

  /** An array in name only: whoever looks into it depends on more than shapes. */
  private mark(source: Source): Float32Array {
    const refuse = (): never => {
      throw new Unplannable();
    };
    const data = new Proxy(new Float32Array(0), { get: refuse });
    this.sources.set(data, source);
    return data;
  }

  private sourceOf(view: View): Source {
    const source = this.sources.get(view.data);
    if (source === undefined) throw new Unplannable();
    return source;
  }

  private addressOf({ operand, use }: Place): number {
    let i = this.places.findIndex((place) => place.operand === operand && place.use === use);
    if (i < 0) i = this.places.push({ operand, use }) - 1;
    return apart * (2 + i);
  }
}
