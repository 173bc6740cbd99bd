import { full, zeros, type Tensor } from '@gradus/tensor';
import { combined, defineLaw, expectClose, usualTolerance, type Law } from '@gradus/tensor/testing';
import { innerProduct } from '../innerProduct';
import { ordinary as domain, rowsOf, slopeCases, type SlopeCase } from './cases';
import { without } from './excuses';
import type { SoftmaxImplementation } from './implementation';
import { eachRow, logSoftmaxOf, rowsIn, rowSums } from './rows';

const tolerance = usualTolerance;

/** What goes back through a softmax, whose Jacobian is J = diag(p) - p p^T. */
export const gradientLaws: readonly Law<SoftmaxImplementation>[] = [
  ...(['softmaxGradient', 'logSoftmaxGradient'] as const).map((kind) =>
    defineLaw<SoftmaxImplementation, SlopeCase>({
      name: `softmax/${kind === 'softmaxGradient' ? '' : 'log-'}gradient-sums-to-zero`,
      statement: 'sum_i dx_i = 0, in each row.',
      source: 'The result does not change when one number is added to a whole row.',
      domain,
      tolerance,
      excuse: without(kind),
      cases: slopeCases,
      holds(subject, { x, dy }) {
        const sums = rowSums(subject[kind]!(dy, x));
        const scale = 4 * x.shape.at(-1)!;
        const relative = tolerance[subject.dtype];
        expectClose(sums, zeros(sums.shape, 'float64'), { relative, scale });
      },
    }),
  ),
  defineLaw<SoftmaxImplementation, SlopeCase & { other: Tensor }>({
    name: 'softmax/gradient-symmetric',
    statement: '<u, J v> = <J u, v>, and <u, J u> >= 0.',
    source: 'J = diag(p) - p p^T is the covariance of a draw of one of the classes.',
    domain,
    tolerance,
    excuse: without('softmaxGradient'),
    cases: (subject) =>
      slopeCases(subject).chain((drawn) =>
        rowsOf(subject, drawn.x.shape).map((other) => ({ ...drawn, other })),
      ),
    holds({ softmaxGradient, dtype }, { x, dy, other }) {
      const relative = tolerance[dtype];
      const scale = 16 * rowsIn(x).length;
      const [first, second] = [softmaxGradient!(dy, x), softmaxGradient!(other, x)];
      expectClose(innerProduct(other, first), innerProduct(second, dy), { relative, scale });
      const square = innerProduct(dy, first).item();
      if (square >= -relative * scale) return;
      throw new Error(`<u, J u> must not be below 0; received ${square}.`);
    },
  }),
  defineLaw<SoftmaxImplementation, SlopeCase>({
    name: 'softmax/gradient-of-shifts',
    statement: 'J (v + c 1) = J v: what all of dy have in common has no effect.',
    source: 'The probabilities add up to 1 whatever x is, so J 1 = 0.',
    domain,
    tolerance,
    excuse: without('softmaxGradient'),
    cases: slopeCases,
    holds({ softmaxGradient, dtype }, { x, dy }) {
      const raised = combined(dy, full(dy.shape, 3, dtype), (a, b) => a + b);
      const within = { relative: tolerance[dtype], scale: 8 };
      expectClose(softmaxGradient!(raised, x), softmaxGradient!(dy, x), within);
    },
  }),
  defineLaw<SoftmaxImplementation, SlopeCase>({
    name: 'softmax/gradient-definition',
    statement: 'dx_i = p_i (dy_i - sum_j dy_j p_j), with p = softmax(x).',
    source:
      'C. M. Bishop, "Pattern Recognition and Machine Learning", Springer 2006, equation 4.106.',
    domain,
    tolerance,
    excuse: without('softmaxGradient'),
    cases: slopeCases,
    holds({ softmaxGradient, dtype }, { x, dy }) {
      const slopes = rowsIn(dy)[Symbol.iterator]();
      const expected = eachRow(x, (row) => {
        const p = logSoftmaxOf(row).map(Math.exp);
        const slope: number[] = slopes.next().value!;
        const mean = slope.reduce((sum, value, i) => sum + value * p[i]!, 0);
        return p.map((value, i) => value * (slope[i]! - mean));
      });
      expectClose(softmaxGradient!(dy, x), expected, { relative: tolerance[dtype], scale: 4 });
    },
  }),
  defineLaw<SoftmaxImplementation, SlopeCase>({
    name: 'softmax/log-gradient-definition',
    statement: 'dx_i = dy_i - p_i sum_j dy_j, with p = softmax(x).',
    source: 'd log p_j / d x_i = [i = j] - p_i, from the same equation.',
    domain,
    tolerance,
    excuse: without('logSoftmaxGradient'),
    cases: slopeCases,
    holds({ logSoftmaxGradient, dtype }, { x, dy }) {
      const slopes = rowsIn(dy)[Symbol.iterator]();
      const expected = eachRow(x, (row) => {
        const slope: number[] = slopes.next().value!;
        const sum = slope.reduce((total, value) => total + value, 0);
        return logSoftmaxOf(row).map((log, i) => slope[i]! - Math.exp(log) * sum);
      });
      const within = { relative: tolerance[dtype], scale: 4 * x.shape.at(-1)! };
      expectClose(logSoftmaxGradient!(dy, x), expected, within);
    },
  }),
];
