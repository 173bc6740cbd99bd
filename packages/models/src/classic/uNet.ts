import {
  concatenate,
  conv2d,
  conv2dTranspose,
  dropout,
  graph,
  input,
  maxPooling2d,
  sequence,
  type GraphNode,
  type Layer,
} from '@gradus/layers';
import { formatShape, ShapeError, type Shape } from '@gradus/tensor';
import { checkWhole } from '@gradus/tensor/options';
import { defineArchitecture } from '../architecture';
import type { ClassifierOptions } from '../classifier';

/** Options of `uNet`. */
export interface UNetOptions extends ClassifierOptions {
  /** Of the first convolutions; twice as many with each halving. Default 64. */
  readonly filters?: number;
}

const halvings = 4;

/**
 * A U-Net, which gives each pixel a class: from [height, width, channels], by default [256, 256, 1], to
 * [height, width, classes], by default one class with the probability of a sigmoid; of several classes with
 * classifierActivation 'softmax'. Height and width are divisible by 16. 31,030,593 weights.
 *
 * O. Ronneberger, P. Fischer, T. Brox, "U-Net: convolutional networks for biomedical image segmentation",
 * MICCAI 2015, arXiv:1505.04597, figure 1: four halvings with the features before each, four doublings
 * that meet these features again. There convolutions lose a border and features are cropped to fit; here
 * padding keeps sizes, so that the result is as large as the image. Dropout at the end of the
 * contracting path is that of section 3.1, first weights are those of section 3.
 */
export const uNet = defineArchitecture<UNetOptions>({
  name: 'uNet',
  inputShape: [256, 256, 1],
  classes: 1,
  classifierActivation: 'sigmoid',
  compose({ inputShape, classes, classifierActivation }, { filters = 64 } = {}) {
    checkWhole('uNet', { filters });
    checkSizes(inputShape);
    const image = input(inputShape);
    const { features, smallest } = contract(image, filters);
    const deepest = twoConvolutions(filters * 2 ** halvings, 'deepest').apply(smallest);
    const largest = expand(dropout({ rate: 0.5 }).apply(deepest), features);
    const last = conv2d({
      filters: classes,
      kernelSize: 1,
      activation: classifierActivation,
      name: 'classes',
    });
    return graph({ inputs: image, outputs: last.apply(largest) });
  },
});

/** Halves an image again and again, and keeps what was seen in it before each halving. */
function contract(
  image: GraphNode,
  filters: number,
): { readonly features: readonly GraphNode[]; readonly smallest: GraphNode } {
  const features: GraphNode[] = [];
  let x = image;
  for (let level = 1; level <= halvings; level++) {
    const seen = twoConvolutions(filters * 2 ** (level - 1), `contract${level}`).apply(x);
    features.push(seen);
    x = maxPooling2d({ name: `halve${level}` }).apply(seen);
  }
  return { features, smallest: x };
}

/** Doubles an image again and again, and looks at it together with the features of that size. */
function expand(smallest: GraphNode, features: readonly GraphNode[]): GraphNode {
  return features.reduceRight((x, seen, i) => {
    const filters = seen.shape.at(-1)!;
    const doubled = conv2dTranspose({
      filters,
      kernelSize: 2,
      strides: 2,
      kernelInitializer: 'heNormal',
      name: `double${i + 1}`,
    }).apply(x);
    const both = concatenate({ name: `join${i + 1}` }).apply([seen, doubled]);
    return twoConvolutions(filters, `expand${i + 1}`).apply(both);
  }, smallest);
}

function twoConvolutions(filters: number, name: string): Layer {
  const convolution = (): Layer =>
    conv2d({
      filters,
      kernelSize: 3,
      padding: 'same',
      activation: 'relu',
      kernelInitializer: 'heNormal',
    });
  return sequence([convolution(), convolution()], { name });
}

function checkSizes(inputShape: Shape): void {
  const multiple = 2 ** halvings;
  const [height = 0, width = 0] = inputShape;
  const isWhole = [height, width].every((size) => size > 0 && size % multiple === 0);
  if (inputShape.length === 3 && isWhole) return;
  throw new ShapeError({
    op: 'uNet',
    expected: `images [height, width, channels], height and width divisible by ${multiple}`,
    received: formatShape(inputShape),
    hint: `They are halved ${halvings} times.`,
  });
}
