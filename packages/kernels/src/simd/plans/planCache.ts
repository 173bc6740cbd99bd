import type { View } from '@gradus/tensor';
import type { Operands, Plan } from './plan';

/** All that a plan depends on, as a list. */
export type Signature = readonly (number | string | boolean)[];

interface Entry {
  readonly signature: Signature;
  readonly plan: Plan | undefined;
}

/**
 * Plans by what they depend on. Looking one up is done for every operation, so a signature is a list
 * that is compared, and never becomes a text.
 */
export class PlanCache {
  private readonly entries = new Map<number, Entry[]>();
  private size = 0;

  /** @param most how many are kept; then all are forgotten. */
  constructor(private readonly most = 1024) {}

  /** The plan of a signature; undefined if there can be none. */
  get(signature: Signature, make: () => Plan | undefined): Plan | undefined {
    const hash = hashOf(signature);
    const known = this.entries.get(hash)?.find((entry) => isSame(entry.signature, signature));
    if (known !== undefined) return known.plan;
    const plan = make();
    if (this.size === this.most) this.forgetAll();
    this.size += 1;
    const entries = this.entries.get(hash) ?? [];
    this.entries.set(hash, [...entries, { signature, plan }]);
    return plan;
  }

  private forgetAll(): void {
    this.entries.clear();
    this.size = 0;
  }
}

/** A signature: what the operation adds to the layout of its operands, and whether these are held. */
export function signatureOf(
  operation: Signature,
  operands: Operands,
  isHeld: (view: View) => boolean,
): Signature {
  const signature = [...operation];
  for (const name in operands) {
    const view = operands[name];
    if (view === undefined) {
      signature.push(-1);
      continue;
    }
    const { shape, strides } = view;
    signature.push(shape.length, isHeld(view));
    for (let axis = 0; axis < shape.length; axis++) signature.push(shape[axis]!, strides[axis]!);
  }
  return signature;
}

/** 32 bits that differ as a rule. Texts count by their length. */
function hashOf(signature: Signature): number {
  let hash = signature.length;
  for (const part of signature) {
    const number = typeof part === 'string' ? part.length : Number(part);
    hash = Math.imul(hash ^ number, 0x01000193) ^ (hash >>> 15);
  }
  return hash;
}

function isSame(a: Signature, b: Signature): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
