import { ones, type FloatDType } from 'gradus';
import type { ConvolutionImplementation } from 'gradus/testing';
import type * as node from 'gradus/testing/node';
import { Failure } from '../failure';
import { recognise } from './kinds';
import { fromSources } from './library';
import type { Subject } from './subjects';

/** A program that convolves, as the command line names it. */
export interface PortOptions {
  /** With its arguments, as in a shell. */
  readonly command: string;
  /** Of the numbers that it reads and writes. */
  readonly dtype: FloatDType;
  /** Whether it is started once, and asked again and again. */
  readonly keepRunning: boolean;
}

/** A port in another language as something to check, and a way to end it. */
export interface Port {
  readonly subject: Subject;
  readonly end: () => void;
}

/**
 * A program that has half as long for each call as a check has, so that it, not the check, is ended.
 * @throws Failure if there is no program in the command, or it does not answer.
 */
export async function portOf(
  { command, dtype, keepRunning }: PortOptions,
  timeLimit: number,
): Promise<Port> {
  const words = wordsOf(command);
  if (words.length === 0) throw new Failure('--command: expected a program and its arguments.');
  const { commandConvolution } = await loadNode();
  const timeoutSeconds = Math.min(timeLimit / 2, 3600);
  const exported = commandConvolution({ command: words, dtype, keepRunning, timeoutSeconds });
  checkStarts(exported, dtype);
  const { name } = exported;
  return { subject: { ...recognise(exported)!, name }, end: () => exported.end() };
}

/** @throws Failure if there is no such program, or it hangs, so that not every law need say so. */
function checkStarts(port: ConvolutionImplementation, dtype: FloatDType): void {
  const one = ones([1, 1, 1, 1], dtype);
  try {
    port.conv2d(one, one, { strides: [1, 1], dilations: [1, 1], padding: 'valid', groups: 1 });
  } catch (error) {
    const { message } = error as Error;
    if (message.includes('there is no program')) {
      throw new Failure(`--command ${port.name}: there is no such program here.`);
    }
    const [late] = /it did not answer within [^;]*/.exec(message) ?? [];
    // What else may be wrong is for the laws to say.
    if (late === undefined) return;
    throw new Failure(`--command ${port.name}: ${late}; a larger --time-limit gives it longer.`);
  }
}

/** What stands between spaces, or between quotation marks. */
function wordsOf(command: string): string[] {
  const words = command.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g);
  return Array.from(words, ([, double, single, plain]) => double ?? single ?? plain ?? '');
}

async function loadNode(): Promise<typeof node> {
  const name = 'gradus/testing/node';
  return ((await fromSources(name)) as typeof node | undefined) ?? import('gradus/testing/node');
}
