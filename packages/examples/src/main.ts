import { runExample } from './runExample';

for (const stream of [process.stdout, process.stderr]) {
  // Whoever reads the lines, such as `head`, may leave first; the pictures are still wanted.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

void runExample(process.argv.slice(2), {
  print: (text) => console.log(text),
  printError: (text) => console.error(text),
}).then((status) => (process.exitCode = status));
