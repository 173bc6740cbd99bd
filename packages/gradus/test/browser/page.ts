// What the page does: computes, and sends its server what came of it, or what went wrong.
import * as gradus from '../../src/index';
import { computeAndTrain, type Computed } from './computeAndTrain';

/** What the page sends. */
export interface PageReport {
  readonly computed?: Computed;
  readonly error?: string;
  /** What the Content-Security-Policy forbade. */
  readonly violations: readonly string[];
  /** Whether the page is isolated, so that memory can be shared. */
  readonly isolated: boolean;
}

// The tests of this package run in Node, so that there are no types of browsers.
interface PageScope {
  readonly crossOriginIsolated?: boolean;
  addEventListener?(
    type: 'securitypolicyviolation',
    listener: (event: { readonly blockedURI: string; readonly violatedDirective: string }) => void,
  ): void;
}
const page = globalThis as PageScope;

const violations: string[] = [];
page.addEventListener?.('securitypolicyviolation', ({ blockedURI, violatedDirective }) =>
  violations.push(`${violatedDirective} ${blockedURI}`),
);

async function report(): Promise<void> {
  const outcome = await computeAndTrain(gradus).then(
    (computed) => ({ computed }),
    (error: unknown) => ({ error: String(error) }),
  );
  const isolated = page.crossOriginIsolated === true;
  const body: PageReport = { ...outcome, violations, isolated };
  await fetch('/report', { method: 'POST', body: JSON.stringify(body) });
}

void report();
