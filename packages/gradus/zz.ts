import { adam, conv2d, data, filters, input, layers, mean, reshape, sequential, sub, loops, type Backend, valueAndGrad, tensor, square, keep, type Tensor } from 'gradus';
import { SimdEngine } from '../kernels/src/simd/engine';
const simd = new SimdEngine();
const images = data.deadLeaves({ count: 40, size: 64 });
const x = sub(images, mean(images, { axis: [1, 2], keepDims: true }));
const main = async () => {
for (const [k, kern] of [[3, filters.sobelX()], [32, filters.smiley()]] as any) for (const engine of [loops, simd] as Backend[]) {
  const y = conv2d(x, reshape(kern, [k, k, 1, 1]), { padding: 'same' });
  const model = sequential([input([64, 64, 1]), layers.conv2d({ filters: 1, kernelSize: k, padding: 'same', useBias: false, kernelInitializer: 'zeros' })]);
  model.compile({ optimizer: adam({ learningRate: 0.6 / k }), loss: 'meanSquaredError', engine });
  await model.fit(x, y, { epochs: 1, batchSize: 2 });
  const t = performance.now();
  const h = await model.fit(x, y, { epochs: 6, initialEpoch: 1, batchSize: 2 });
  console.log(k, engine.name, h.history['loss']!.slice(-1), (performance.now() - t).toFixed(0), 'ms', (simd as any).memory.extent);
}
};
main();
