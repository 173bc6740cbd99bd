/*
 * A directional derivative before ReLU, on 128x128 pixels of grey. The filter gives the slope in one
 * direction: positive where the picture gets brighter along it, negative where it gets darker. ReLU keeps
 * the edges of the one kind; the filter of the opposite direction has the others.
 */
import { abs, add, conv2d, filters, input, layers } from 'gradus';
import { max, reshape, sequential, sub, type Layer, type Tensor } from 'gradus';
import { asHeat, asKernel, asPicture, asSigned, pngOf } from '../drawings';
import { inputPicture, type ImageOption } from '../inputPicture';
import type { Program } from '../program';

const size = 128;
const sigma = 1.5;
const kernelSize = 11;
/** Directions, radians from the x axis towards the y axis, which points down. */
const downRight = Math.PI / 4;
const upLeft = downRight + Math.PI;

/** One way: a function that convolves with the kernel. */
export function slopeByLambda(theta: number): Layer {
  const derivative = filters.directionalDerivative({ size: kernelSize, theta, sigma });
  const kernel = reshape(derivative, [kernelSize, kernelSize, 1, 1]);
  return layers.lambda((x) => conv2d(x, kernel), { name: 'slope' });
}

/** The other way: the layer that is there for it. */
export function slopeByLayer(angle: number): Layer {
  return layers.directionalDerivative({ angle, sigma, size: kernelSize, name: 'slope' });
}

export const reluBehind = (filter: Layer) =>
  sequential([input([size, size, 1]), filter, layers.relu()], { name: 'edges' });

export const derivativeBeforeRelu: Program<ImageOption> = {
  summary: 'a directional derivative before ReLU',

  async run({ image, print, write }) {
    const picture = await inputPicture({ size, channels: 1, image });
    const slopes = (theta: number): Tensor =>
      sequential([input([size, size, 1]), slopeByLayer(theta)]).predict(picture);
    const edges = (theta: number): Tensor => reluBehind(slopeByLayer(theta)).predict(picture);

    // Both ways.
    print(reluBehind(slopeByLayer(downRight)).summary());
    const byLambda = reluBehind(slopeByLambda(downRight)).predict(picture);
    print(
      `\nThe lambda and layers.directionalDerivative differ by ${largest(byLambda, edges(downRight))}.`,
    );

    // What ReLU leaves out in one direction, it keeps in the opposite one.
    const both = add(edges(downRight), edges(upLeft));
    print(
      `The edges of both directions add up to the slope but for ${largest(both, abs(slopes(downRight)))}.`,
    );

    const row = (theta: number) => ({
      picture: asPicture(picture),
      kernel: asKernel(filters.directionalDerivative({ size: kernelSize, theta, sigma })),
      slope: asSigned(slopes(theta)),
      'after ReLU': asHeat(edges(theta)),
    });
    await write('derivative.png', pngOf(row(downRight), row(upLeft)));
  },
};

/** The largest difference between two tensors. */
const largest = (a: Tensor, b: Tensor): string =>
  max(abs(sub(a, b)))
    .item()
    .toExponential(0);
