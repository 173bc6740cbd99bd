import type { Law, Subject } from 'gradus/testing';
import { Failure } from '../../failure';
import { families, type Family } from './families';
import { defineKind, isRecord, type Kind } from './kind';
import { lawChecks } from './laws';

/** Implementations of something that published laws are about. */
export const implementationKinds: readonly Kind[] = families.map(kindOf);

function kindOf({ name, members, functions, laws }: Family): Kind {
  return defineKind<Subject>({
    name,
    form: `{ name, dtype: 'float64', ${members} }`,
    fits: (exported): exported is Subject =>
      isRecord(exported) && functions.some((member) => typeof exported[member] === 'function'),
    nameOf: (implementation) => implementation.name,
    examine(implementation, settings) {
      checkIdentity(name, implementation);
      const all = laws(settings.testing) as readonly Law<Subject>[];
      return { found: '', checks: lawChecks(all, implementation, settings) };
    },
  });
}

/** What every law asks of an implementation. */
function checkIdentity(kind: string, implementation: Subject & { readonly dtype?: unknown }): void {
  const { name, dtype } = implementation;
  if (typeof name === 'string' && (dtype === 'float32' || dtype === 'float64')) return;
  throw new Failure(
    `a ${kind} needs a name, and a dtype, 'float32' or 'float64', of the tensors it takes and gives.`,
  );
}
