import { collapseAxes, sizeOf, windowOn, type View } from '@gradus/tensor';
import type { ConvGeometry } from '../../convGeometry';
import type { Epilogue } from '../../epilogue';
import type { KernelContext } from '../context';
import { packPanels } from '../matMul/pack';
import { inImageParts } from '../threads/imageParts';
import { tileColumns } from '../tile';
import { phasesOf } from './adjoint';
import { endingOf } from '../epilogue/ending';
import type { ConvOperands } from './operands';
import { directKernel, type DirectConvolution } from './directKernel';
import { padImages } from './padding';
import { windowsOf } from './windows';

/** Convolution by sums over windows that lie in the padded image as they are. */
export function directConv2d(
  context: KernelContext,
  { x, filter, out, epilogue = {} }: ConvOperands['conv2d'],
  geometry: ConvGeometry,
): void {
  const { output, groups } = geometry;
  const filters = output.channels / groups;
  const pixel = 4 * output.channels;
  const row = out.shape[2]! * pixel;
  convolve(context, geometry, {
    x,
    to: context.work.output(out),
    out: { pixel, row, image: out.shape[1]! * row },
    epilogue,
    filterOfGroup: (group) =>
      windowOn(filter, {
        shape: [...filter.shape.slice(0, 3), filters],
        strides: filter.strides,
        offset: filter.offset + group * filters * filter.strides[3]!,
      }),
  });
}

/** The input gradient as convolutions of dy, one for each phase of the strides. */
export function directConv2dInputGradient(
  context: KernelContext,
  { dy, filter, out }: ConvOperands['conv2dInputGradient'],
  geometry: ConvGeometry,
): void {
  const { input, strides } = geometry;
  const to = context.work.output(out);
  const phases = phasesOf(geometry);
  const pixel = 4 * input.channels;
  const row = pixel * input.width;
  const reached = phases.reduce((sum, phase) => sum + sizeOf(outputArea(phase.geometry)), 0);
  if (reached < input.height * input.width) context.work.clear(to, sizeOf(out.shape));
  for (const { geometry: phase, ...at } of phases) {
    convolve(context, phase, {
      x: dy,
      to: to + at.row * row + at.column * pixel,
      out: {
        pixel: strides.horizontal * pixel,
        row: strides.vertical * row,
        image: input.height * row,
      },
      epilogue: {},
      filterOfGroup: (group) => at.filterOfGroup(filter, group),
    });
  }
}

function outputArea({ output }: ConvGeometry): number[] {
  return [output.height, output.width];
}

interface Convolution {
  readonly x: View;
  /** Address of the result. */
  readonly to: number;
  readonly out: DirectConvolution['out'];
  readonly epilogue: Epilogue;
  /** The filter of a group, [height, width, channels, filters]. */
  readonly filterOfGroup: (group: number) => View;
}

function convolve(
  context: KernelContext,
  geometry: ConvGeometry,
  { x, to, out, epilogue, filterOfGroup }: Convolution,
): void {
  const { work } = context;
  const { batch, input, output, groups, filter } = geometry;
  const [channels, filters] = [input.channels / groups, output.channels / groups];
  const depth = filter.height * filter.width * channels;
  const images = padImages(context, x, geometry);
  const panels = work.scratch(4 * depth * Math.ceil(filters / tileColumns) * tileColumns);
  const windows = windowsOf(geometry);
  const { bias, maxPool } = epilogue;
  const places = maxPool?.places === undefined ? 0 : work.output(maxPool.places);
  const addends = bias === undefined ? 0 : work.rowMajor(bias);
  const pooled = maxPool === undefined ? 1 : 2;
  const { height } = windows;
  const products = batch * height * windows.width * depth * filters;
  for (let group = 0; group < groups; group++) {
    packFilter(context, filterOfGroup(group), panels);
    const first = group * filters;
    const from = images + 4 * group * channels;
    inImageParts(context, { batch, height, step: pooled, products }, ({ kernels }, part) => {
      const definition: DirectConvolution = {
        windows: { ...windows, height: part.rows },
        filters,
        out,
        ending: endingOf(epilogue),
      };
      const { convolve: run } = kernels.get(`direct ${JSON.stringify(definition)}`, () => [
        directKernel(definition),
      ]);
      const seen = from + part.image * windows.imageStep + part.row * windows.rowStep;
      const at = part.image * out.image + (part.row / pooled) * out.row + 4 * first;
      const { runLength } = windows;
      run!(seen, panels, addends + 4 * first, to + at, places + at / 4, runLength, part.images);
    });
  }
}

/** Packs a filter [height, width, channels, filters] into panels [panel, tap, 8]. */
function packFilter(context: KernelContext, filter: View, to: number): void {
  const filters = filter.shape[3]!;
  const depth = sizeOf(filter.shape.slice(0, 3));
  const steps = collapseAxes(filter.shape.slice(0, 3), [filter.strides.slice(0, 3)]).strides[0]!;
  const lines = { width: tileColumns, lines: filters, length: depth };
  if (steps.length <= 1) {
    const [lineStep, elementStep] = [filter.strides[3]!, steps[0] ?? 1];
    packPanels(
      context,
      { ...lines, lineStep, elementStep, address: context.work.locate(filter) },
      to,
    );
  } else {
    const address = context.work.rowMajor(filter);
    packPanels(context, { ...lines, lineStep: 1, elementStep: filters, address }, to);
  }
}
