import type { AnyOp } from 'gradus';
import { isRecord, defineKind } from './kind';

/** An operation that `defineOp` or `composeOp` made, with its samples. */
export const operationKind = defineKind<AnyOp>({
  name: 'operation',
  form: 'what defineOp gives',
  fits: (exported): exported is AnyOp =>
    typeof exported === 'function' && 'definition' in exported && 'cases' in exported,
  nameOf: ({ definition: { name } }) => name,
  examine: (op, { testing, engines, seed, runs = 5 }) => ({
    found: `of ${inputsOf(op)}; ${op.cases.length} samples`,
    checks: engines.map((engine) => ({
      name: `on ${engine.name}`,
      run() {
        testing.checkOperation(op, { engines: [engine], runs, seed });
        return { cases: runs * op.cases.length };
      },
    })),
  }),
});

function inputsOf({ definition }: AnyOp): string {
  const inputs: unknown = isRecord(definition) ? definition['inputs'] : undefined;
  return Array.isArray(inputs) ? inputs.join(', ') : 'tensors';
}
