import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import {
  killProgram,
  runPrograms,
  shared,
  type ProgramOutcome,
  type ProgramTask,
} from './runPrograms';

/** How much longer than the program the thread that runs it may take, in milliseconds. */
const patience = 10_000;

/**
 * A thread that runs programs while this one waits: laws ask one question at a time, and want the
 * answer at once. A time limit holds whatever a program does.
 */
export class ProgramThread {
  private readonly state = new Int32Array(new SharedArrayBuffer(8));
  private readonly port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    // As text, so that it needs no file of its own, however this one is compiled and bundled.
    const text = `(${runPrograms.toString()})(${killProgram.toString()}, ${JSON.stringify(shared)})`;
    const worker = new Worker(text, {
      eval: true,
      workerData: { port: port2, state: this.state },
      transferList: [port2],
      execArgv: [],
    });
    worker.unref();
  }

  /** Waits until the program has ended, answered, or was stopped. */
  run(task: ProgramTask): ProgramOutcome {
    Atomics.store(this.state, shared.outcome, 0);
    this.port.postMessage(task);
    Atomics.wait(this.state, shared.outcome, 0, task.milliseconds + patience);
    const received = receiveMessageOnPort(this.port) as { message: ProgramOutcome } | undefined;
    if (received !== undefined) return received.message;
    throw new Error('the thread that runs programs gives no answer.');
  }

  /** Ends the thread, and with it the program that runs, if there is one. */
  end(): void {
    const program = Atomics.load(this.state, shared.program);
    if (program !== 0) killProgram(program);
    this.port.close();
  }
}
