import { wrapCall, type Scope, type Value } from '@gradus/layers';

/** Is told what each layer returned. */
export type Observer = (path: string, result: Value) => void;

/**
 * A scope that tells what the layers built in it return. Layers inside those layers are their
 * own affair: the outermost is what a user looks for first.
 */
export function observedScope(scope: Scope, observe: Observer): Scope {
  return {
    path: scope.path,
    dtype: scope.dtype,
    variable: (name, shape, initializer, options) =>
      scope.variable(name, shape, initializer, options),
    build(name, layer, input) {
      return wrapCall(scope.build(name, layer, input), (call, x, context) => {
        const result = call(x, context);
        observe(`${scope.path}/${name}`, result);
        return result;
      });
    },
  };
}
