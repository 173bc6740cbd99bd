import { SimdEngine } from './src/simd/engine';
import { checkCall, reduceCalls, copyCalls, mapCalls, zipCalls, backendLaws } from './testing';
import fc from 'fast-check';
const e = new SimdEngine();
for (const [n, calls] of [['reduce', reduceCalls('sum','float32')], ['copy', copyCalls('float32','float32')], ['map', mapCalls('tanh','float32')], ['zip', zipCalls('sub','float32')]] as const) {
  fc.assert(fc.property(calls as any, (c: any) => checkCall(e, c)), { numRuns: 2000 });
  console.log(n, 'ok');
}
for (const l of backendLaws) { try { l.check(e); } catch (x) { console.log('FAIL', l.title, String(x).slice(0, 1500)); } }
