import type { Padding } from './cases';
import type { Pool, PoolingImplementation } from './implementation';

/** Which of the two. */
export type PoolingKind = 'max' | 'average';

/** Both, for laws that hold for either. */
export const poolingKinds: readonly PoolingKind[] = ['max', 'average'];

/** The pooling of a kind, which the implementation has, as it has no excuse. */
export function poolOf(subject: PoolingImplementation, kind: PoolingKind): Pool {
  return (kind === 'max' ? subject.maxPool2d : subject.averagePool2d)!;
}

type Excuse = (subject: PoolingImplementation) => string | undefined;

/** Why laws about poolings of a kind say nothing: it has none, or none with such padding. */
export function without(kind: PoolingKind, ...paddings: readonly Padding[]): Excuse {
  return (subject) => {
    if (poolOf(subject, kind) === undefined) return `it has no ${kind} pooling`;
    const known = subject.limits?.paddings ?? paddings;
    if (paddings.length === 0 || paddings.some((padding) => known.includes(padding))) return;
    return `it knows no ${paddings.join(' or ')} padding`;
  };
}

/** The first excuse of several. */
export function either(...excuses: readonly Excuse[]): Excuse {
  return (subject) => {
    for (const excuse of excuses) {
      const reason = excuse(subject);
      if (reason !== undefined) return reason;
    }
    return undefined;
  };
}

/** Why laws about gradients say nothing: it gives none. */
export function withoutGradient(kind: PoolingKind): Excuse {
  return (subject) => {
    const { maxPool2dInputGradient, averagePool2dInputGradient } = subject;
    const gradient = kind === 'max' ? maxPool2dInputGradient : averagePool2dInputGradient;
    return gradient === undefined ? `it gives no gradient of ${kind} pooling` : undefined;
  };
}
