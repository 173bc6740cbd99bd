import {
  defineFunction,
  f32x4,
  increase,
  loop,
  branchIf,
  i32,
  set,
  v128,
  type WasmFunction,
} from '../wasm';

/**
 * `adam(weight, gradient, mean, meanSquare, newWeight, newMean, newMeanSquare, count, beta1, rest1,
 * beta2, rest2, epsilon, rate)`: see `AdamStep`; `rest1` is 1 - beta1, rounded once.
 */
export function adamKernel(): WasmFunction {
  const parameters = {
    weight: 'i32',
    gradient: 'i32',
    mean: 'i32',
    meanSquare: 'i32',
    newWeight: 'i32',
    newMean: 'i32',
    newMeanSquare: 'i32',
    count: 'i32',
    beta1: 'f32',
    rest1: 'f32',
    beta2: 'f32',
    rest2: 'f32',
    epsilon: 'f32',
    rate: 'f32',
  } as const;
  return defineFunction('adam', parameters, (p, local) => {
    const [g, m, v] = [local('v128', 'g'), local('v128', 'm'), local('v128', 'v')];
    const { splat, add, sub, mul, div, sqrt } = f32x4;
    const addresses = [
      ...[p.weight, p.gradient, p.mean, p.meanSquare],
      ...[p.newWeight, p.newMean, p.newMeanSquare],
    ];
    return loop('next', (next) => [
      set(g, v128.load(p.gradient)),
      set(m, add(mul(splat(p.beta1), v128.load(p.mean)), mul(splat(p.rest1), g))),
      set(v, add(mul(splat(p.beta2), v128.load(p.meanSquare)), mul(splat(p.rest2), mul(g, g)))),
      v128.store(p.newMean, m),
      v128.store(p.newMeanSquare, v),
      v128.store(
        p.newWeight,
        sub(v128.load(p.weight), div(mul(splat(p.rate), m), add(sqrt(v), splat(p.epsilon)))),
      ),
      addresses.map((address) => increase(address, 16)),
      increase(p.count, -4),
      branchIf(next, i32.gtS(p.count, 0)),
    ]);
  });
}

/**
 * `momentum(weight, gradient, velocity, newWeight, newVelocity, count, rate, kept)`: see
 * `MomentumStep`.
 */
export function momentumKernel(nesterov: boolean): WasmFunction {
  const parameters = {
    weight: 'i32',
    gradient: 'i32',
    velocity: 'i32',
    newWeight: 'i32',
    newVelocity: 'i32',
    count: 'i32',
    rate: 'f32',
    kept: 'f32',
  } as const;
  return defineFunction('momentum', parameters, (p, local) => {
    const [step, v] = [local('v128', 'step'), local('v128', 'v')];
    const { splat, add, sub, mul } = f32x4;
    const addresses = [p.weight, p.gradient, p.velocity, p.newWeight, p.newVelocity];
    const move = nesterov ? sub(mul(splat(p.kept), v), step) : v;
    return loop('next', (next) => [
      set(step, mul(splat(p.rate), v128.load(p.gradient))),
      set(v, sub(mul(splat(p.kept), v128.load(p.velocity)), step)),
      v128.store(p.newVelocity, v),
      v128.store(p.newWeight, add(v128.load(p.weight), move)),
      addresses.map((address) => increase(address, 16)),
      increase(p.count, -4),
      branchIf(next, i32.gtS(p.count, 0)),
    ]);
  });
}
