import { OptionError, type Tensor } from '@gradus/tensor';
import { checkFlags, checkLists, checkNumber, checkText } from '@gradus/tensor/options';
import { readAnswer } from './answer';
import { interruptible, leftovers } from './leftovers';
import { PortError } from './portError';
import { ProgramThread } from './programThread';
import { questionInWords, withFolder, type Question } from './question';
import type { ProgramOutcome } from './runPrograms';

/** A program that computes what it is asked, and how to run it. */
export interface PortOptions {
  /**
   * The program and its arguments, such as `['python3', 'port.py']`. For each call it is run with one
   * more, a folder with `request.json` and the inputs, into which it writes `result.npy`.
   */
  readonly command: readonly string[];
  /** As failures name it. Default: the command. */
  readonly name?: string;
  /** How long a call may take before it is ended. Default 10. */
  readonly timeoutSeconds?: number;
  /**
   * Whether it is started once and stays: it then reads the folders from its standard input, one a
   * line, and answers each with the line `done`. Many times faster where starting takes long.
   * Default false.
   */
  readonly keepRunning?: boolean;
}

/** By which a program says that it cannot do what it is asked: as exit code, or as its answer. */
const notSupported = { code: 3, line: 'not supported' } as const;

/** The longest time limit that timers can keep: a day. */
const longest = 86_400;

/** A program in whatever language that is asked questions, one at a time. */
export class Port {
  readonly name: string;
  private readonly options: Required<Omit<PortOptions, 'name'>>;
  private thread: ProgramThread | undefined;
  /** Why the program cannot be started, which no other question would change. */
  private notStarted: string | undefined;

  /** @throws OptionError, naming `op`, if an option is not what it should be. */
  constructor(
    op: string,
    { command, name, timeoutSeconds = 10, keepRunning = false }: PortOptions,
  ) {
    checkLists(op, { command });
    if (command.length === 0) {
      throw new OptionError({ op, expected: 'a program in command', received: '[]' });
    }
    command.forEach((part, i) => {
      if (i === 0 || typeof part !== 'string') checkText(op, { [`command[${i}]`]: part });
    });
    if (name !== undefined) checkText(op, { name });
    checkNumber(op, { timeoutSeconds }, [0.001, longest]);
    checkFlags(op, { keepRunning });
    this.name = name ?? command.join(' ');
    this.options = { command, timeoutSeconds, keepRunning };
  }

  /** @throws PortError unless the program answers as it should. */
  ask(question: Question): Tensor {
    const about = { port: this.name, question: questionInWords(question) };
    const answer = (folder: string): Tensor => {
      try {
        this.run(folder);
        return readAnswer(folder, question);
      } catch (error) {
        throw new PortError(about, (error as Error).message, { cause: error });
      }
    };
    return interruptible(() => withFolder(question, answer));
  }

  /** Ends the program, if it is kept running. It also ends with this process. */
  readonly end = (): void => {
    this.thread?.end();
    this.thread = undefined;
    leftovers.delete(this.end);
  };

  private run(folder: string): void {
    if (this.notStarted !== undefined) throw new Error(this.notStarted);
    const outcome = this.outcomeOf(folder);
    const complaint = this.complaintOf(outcome);
    if (complaint === undefined) return;
    if (outcome.kind === 'not started') this.notStarted = complaint;
    const written = 'stderr' in outcome ? outcome.stderr.trim() : '';
    const stderr = written === '' ? '' : ` It wrote to stderr:\n\n${written}\n`;
    throw new Error(`${complaint}${stderr}`);
  }

  private outcomeOf(folder: string): ProgramOutcome {
    const { timeoutSeconds, ...rest } = this.options;
    this.thread ??= new ProgramThread();
    leftovers.add(this.end);
    try {
      return this.thread.run({ ...rest, folder, milliseconds: timeoutSeconds * 1000 });
    } catch (error) {
      // An answer that comes after all must not be taken for one to the next question.
      this.end();
      throw error;
    }
  }

  private complaintOf(outcome: ProgramOutcome): string | undefined {
    const { command, timeoutSeconds, keepRunning } = this.options;
    switch (outcome.kind) {
      case 'not started':
        return outcome.reason.includes('ENOENT')
          ? `there is no program '${command[0]}' here.`
          : `the program could not be started: ${outcome.reason}.`;
      case 'late':
        return `it did not answer within ${timeoutSeconds} s; it and all that it started were killed.`;
      case 'answered':
        if (outcome.line === 'done') return undefined;
        if (outcome.line === notSupported.line) return unsupported('its answer');
        return `expected the answer 'done'; received '${outcome.line}'.`;
      case 'ended':
        if (outcome.signal !== null) return `it was ended by the signal ${outcome.signal}.`;
        if (outcome.code === notSupported.code) return unsupported('exit code 3');
        if (outcome.code !== 0) return `it ended with exit code ${outcome.code}.`;
        if (!keepRunning) return undefined;
        return 'it ended instead of answering; with keepRunning it goes on until its input ends.';
    }
  }
}

function unsupported(how: string): string {
  return `it says that it cannot do this (${how}). Laws keep to what it can do if limits say it.`;
}
