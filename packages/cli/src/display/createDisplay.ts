import type { Terminal } from '../terminal';
import type { Display } from './display';
import { PlainDisplay } from './plainDisplay';
import { TerminalDisplay } from './terminalDisplay';

/** The display for where standard output leads: a terminal, or a file or pipe. */
export function createDisplay(terminal: Terminal): Display {
  const moves = terminal.output.isTTY === true && terminal.environment['TERM'] !== 'dumb';
  return moves ? new TerminalDisplay(terminal) : new PlainDisplay(terminal);
}
