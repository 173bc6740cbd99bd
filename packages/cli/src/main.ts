#!/usr/bin/env node
import { runCommandLine } from './commandLine';

for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads the lines, such as `head`, may leave first; the files are still wanted.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const terminal = { output: process.stdout, errors: process.stderr, environment: process.env };
void runCommandLine(process.argv.slice(2), terminal).then((status) => {
  process.exitCode = status;
});
