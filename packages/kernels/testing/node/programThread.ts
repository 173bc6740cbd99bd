import {
  MessageChannel,
  receiveMessageOnPort,
  Worker,
  type MessagePort,
} from 'node:worker_threads';
import { runPrograms, type ProgramOutcome, type ProgramTask } from './runPrograms';

/** How much longer than the program the thread that runs it may take, in milliseconds. */
const patience = 10_000;

/**
 * A thread that runs programs while this one waits: laws ask one question at a time, and want the
 * answer at once. A time limit holds whatever a program does.
 */
export class ProgramThread {
  private readonly ready = new Int32Array(new SharedArrayBuffer(4));
  private readonly port: MessagePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port = port1;
    // As text, so that it needs no file of its own, however this one is compiled and bundled.
    const worker = new Worker(`(${runPrograms.toString()})()`, {
      eval: true,
      workerData: { port: port2, ready: this.ready },
      transferList: [port2],
      execArgv: [],
    });
    worker.unref();
  }

  /** Waits until the program has ended, answered, or was stopped. */
  run(task: ProgramTask): ProgramOutcome {
    Atomics.store(this.ready, 0, 0);
    this.port.postMessage(task);
    Atomics.wait(this.ready, 0, 0, task.milliseconds + patience);
    const received = receiveMessageOnPort(this.port) as { message: ProgramOutcome } | undefined;
    if (received !== undefined) return received.message;
    throw new Error('the thread that runs programs gives no answer.');
  }

  /** Ends the thread, and with it the program that keeps running, if there is one. */
  end(): void {
    this.port.close();
  }
}
