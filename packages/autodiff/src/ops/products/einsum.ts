import { sameShape, sizeOf, type Tensor } from '@gradus/tensor';
import { caseOf, type OpCase, type TensorLike } from '../../opDefinition';
import { checkedDType, toTensors } from '../../operands';
import { mul } from '../elementwise/arithmetic';
import { calledAs } from '../calledAs';
import { einsumEquation } from './einsumEquation';
import { matMul } from './linear';
import { sum } from '../reductions/reduction';
import { reshape, transpose } from '../shapes/shape';
import { slice } from '../shapes/slice';

/** A tensor whose axes have labels. */
interface Labelled {
  readonly x: Tensor;
  readonly labels: readonly string[];
}

type Sizes = ReadonlyMap<string, number>;

/**
 * Sums of products as an equation names them, in Einstein's notation: each letter is an axis, those that
 * do not stand on the right are summed over. 'ij,jk->ik' is a matrix product, 'ii->i' the diagonal, 'ij->'
 * the sum of all, 'bhqd,bhkd->bhqk' a product for each b and h. Without '->' the result has the letters
 * that occur once, in the order of the alphabet. '...' stands for any other axes, which are broadcast; it
 * then stands on the right too. Of more than two tensors, the first two are multiplied first, and so on:
 * there is no search for a cheaper order. Axes named by letters are not broadcast, and lists of numbers in
 * place of letters are not understood.
 * @throws OptionError if the equation cannot be read, or is for another number of tensors.
 * @throws ShapeError if the shapes do not fit it.
 * @throws DTypeError unless all tensors are float32, or all float64.
 */
export const einsum = calledAs(
  { name: 'einsum', inputs: ['equation', 'tensors'] },
  (equation: string, ...tensors: readonly TensorLike[]): Tensor => {
    const inputs = namesOf(tensors.length);
    const operands = toTensors({ name: 'einsum', inputs }, tensors);
    const { sizes, ...read } = einsumEquation(
      equation,
      operands.map(({ shape }) => shape),
    );
    checkedDType({ name: 'einsum', inputs }, 'float', operands);
    const terms = operands.map((x, i) =>
      diagonalOf(withoutBroadcast({ x, labels: read.operands[i]! }, sizes)),
    );
    const neededAfter = (i: number): ReadonlySet<string> =>
      new Set([...read.output, ...terms.slice(i + 1).flatMap(({ labels }) => labels)]);
    const only = (term: Labelled, i: number): Labelled => {
      const others = terms.filter((_, n) => n !== i).flatMap(({ labels }) => labels);
      return summed(term, new Set([...read.output, ...others]));
    };
    const product = terms
      .map(only)
      .reduce((left, right, i) => productOf([left, right], neededAfter(i), sizes));
    return ordered(product, read.output);
  },
  einsumCases,
);

/** Axes of size 1 in place of '...' that other tensors repeat: the others have their labels. */
function withoutBroadcast({ x, labels }: Labelled, sizes: Sizes): Labelled {
  const kept = labels.filter((label, axis) => x.shape[axis] === sizes.get(label));
  const shape = x.shape.filter((size, axis) => size === sizes.get(labels[axis]!));
  return { x: reshaped(x, shape), labels: kept };
}

/** A letter that occurs twice takes the diagonal: every n + 1st of n x n elements. */
function diagonalOf({ x, labels }: Labelled): Labelled {
  const twice = labels.find((label, axis) => labels.indexOf(label) !== axis);
  if (twice === undefined) return { x, labels };
  const [first, second] = [labels.indexOf(twice), labels.indexOf(twice, labels.indexOf(twice) + 1)];
  const rest = [...labels.keys()].filter((axis) => axis !== first && axis !== second);
  const shape = rest.map((axis) => x.shape[axis]!);
  const n = x.shape[first]!;
  const squares = reshaped(transpose(x, [...rest, first, second]), [...shape, n * n]);
  const diagonals = slice(squares, {
    begin: [...shape.map(() => 0), 0],
    size: [...shape, n],
    step: [...shape.map(() => 1), n + 1],
  });
  return diagonalOf({ x: diagonals, labels: [...rest.map((axis) => labels[axis]!), twice] });
}

/** Sums over all axes that nobody needs. */
function summed({ x, labels }: Labelled, needed: ReadonlySet<string>): Labelled {
  const axis = [...labels.keys()].filter((i) => !needed.has(labels[i]!));
  if (axis.length === 0) return { x, labels };
  return { x: sum(x, { axis }), labels: labels.filter((label) => needed.has(label)) };
}

/**
 * The product of two tensors, summed over the labels that both have and nobody needs afterwards: a batch
 * of matrix products, or where nothing is to be summed over, a product element by element.
 */
function productOf(
  [a, b]: readonly [Labelled, Labelled],
  needed: ReadonlySet<string>,
  sizes: Sizes,
): Labelled {
  const common = a.labels.filter((label) => b.labels.includes(label));
  const inner = common.filter((label) => !needed.has(label));
  const batch = common.filter((label) => needed.has(label));
  const own = ({ labels }: Labelled): string[] => labels.filter((l) => !common.includes(l));
  const [rows, columns] = [own(a), own(b)];
  const labels = [...batch, ...rows, ...columns];
  if (inner.length === 0) return { x: mul(spread(a, labels), spread(b, labels)), labels };
  const size = (group: readonly string[]): number => sizeOf(group.map((l) => sizes.get(l)!));
  const matrices = batch.map((label) => sizes.get(label)!);
  const left = reshaped(ordered(a, [...batch, ...rows, ...inner]), [
    ...matrices,
    size(rows),
    size(inner),
  ]);
  const right = reshaped(ordered(b, [...batch, ...inner, ...columns]), [
    ...matrices,
    size(inner),
    size(columns),
  ]);
  const shape = labels.map((label) => sizes.get(label)!);
  return { x: reshaped(matMul(left, right), shape), labels };
}

/** With an axis for each label, of size 1 where it has none, so that it broadcasts. */
function spread(term: Labelled, labels: readonly string[]): Tensor {
  const own = labels.filter((label) => term.labels.includes(label));
  const x = ordered(term, own);
  const shape = labels.map((label) => (own.includes(label) ? x.shape[own.indexOf(label)]! : 1));
  return reshaped(x, shape);
}

/** With its axes in the order of the labels. */
function ordered({ x, labels }: Labelled, order: readonly string[]): Tensor {
  const permutation = order.map((label) => labels.indexOf(label));
  return permutation.every((axis, i) => axis === i) ? x : transpose(x, permutation);
}

function reshaped(x: Tensor, shape: readonly number[]): Tensor {
  return sameShape(x.shape, shape) ? x : reshape(x, shape);
}

function namesOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => `x${i}`);
}

/** Letters of an equation are axes, as those of a sample's shapes; what '...' stands for is spelt out. */
function sampleOf(equation: string, words = equation.split('->')[0]!.split(',')): OpCase {
  const inputs = namesOf(words.length);
  const shapes = Object.fromEntries(inputs.map((name, i) => [name, words[i]!]));
  const call = (tensors: readonly Tensor[]): Tensor => einsum(equation, ...tensors);
  return caseOf({ name: 'einsum', inputs }, { inputs: shapes }, call);
}

function einsumCases(): readonly OpCase[] {
  const equations = [
    ...['ij,jk->ik', 'ba,ca', 'bij,bjk->bik', 'bhqd,bhkd->bhqk', 'ijk,jil->kl'],
    ...['ii->i', 'ii', 'iji->j', 'iii->i', 'ijk->kj', 'ij->', 'i,j->ji', 'bi,bi->b', 'ij,i->ij'],
    ...['ij,jk,kl->il', 'abc,cd,db->a', 'i,i,i->', 'a,b,c->cab'],
  ];
  return [
    ...equations.map((equation) => sampleOf(equation)),
    sampleOf('...ij,...jk->...ik', ['amij', '1jk']),
    sampleOf('i...,...', ['imn', 'n']),
  ];
}
