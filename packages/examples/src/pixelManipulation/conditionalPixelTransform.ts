import { add, conv2d, defineLayer, formatShape, mul, ShapeError, sigmoid, sub } from 'gradus';
import type { Layer, ShapeOf, Tensor } from 'gradus';

/** What the layer takes: two batches, by name. */
export interface ImageAndMask extends Readonly<Record<string, Tensor>> {
  /** [batch, height, width, channels], from 0 to 1. */
  readonly image: Tensor;
  /** [batch, height, width, 1]: any numbers that say something about which pixels are meant. */
  readonly mask: Tensor;
}

/**
 * Turns pixels of the image into their negative, where the mask says so. What the mask says is learned:
 * a gate from 0 to 1, sigmoid(convolution of the mask), mixes the negative and the image,
 *
 *     y = gate (1 - image) + (1 - gate) image.
 *
 * Its weights are `kernel`, [kernelSize, kernelSize, 1, 1], and `bias`, [1].
 */
export function conditionalPixelTransform(options: {
  readonly kernelSize: number;
}): Layer<ImageAndMask> {
  const { kernelSize } = options;
  return defineLayer<ImageAndMask>({
    kind: 'conditionalPixelTransform',
    config: options,
    outputShape(shapes) {
      checkShapes(shapes);
      return shapes.image;
    },
    // For the model's summary: what it computes, and how far it sees.
    multiplyAdds: ({ mask: [height = 0, width = 0] }) => height * width * kernelSize ** 2,
    window: { size: [kernelSize, kernelSize], strides: [1, 1] },
    build(shapes, scope) {
      checkShapes(shapes);
      const kernel = scope.variable('kernel', [kernelSize, kernelSize, 1, 1], 'glorotUniform');
      const bias = scope.variable('bias', [1], 'zeros');
      return ({ image, mask }) => {
        const gate = sigmoid(add(conv2d(mask, kernel.value, { padding: 'same' }), bias.value));
        return add(mul(gate, sub(1, image)), mul(sub(1, gate), image));
      };
    },
  });
}

/** A layer refuses what it cannot take, before anything is computed: shapes of one sample. */
function checkShapes({ image, mask }: ShapeOf<ImageAndMask>): void {
  const fits = image.length === 3 && formatShape(mask) === formatShape([image[0]!, image[1]!, 1]);
  if (fits) return;
  throw new ShapeError({
    op: 'conditionalPixelTransform',
    expected: 'an image [height, width, channels] and a mask [height, width, 1]',
    received: `${formatShape(image)} and ${formatShape(mask)}`,
  });
}
