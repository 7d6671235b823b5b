#!/usr/bin/env node
import { main } from './command-line';
import { styleOf } from './style';

// a reader such as `head` can close the pipe early
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    throw error;
  }
});
process.exitCode = main(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  style: styleOf(process.stdout, process.env),
});
