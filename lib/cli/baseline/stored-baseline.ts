import { existsSync, readFileSync, statSync } from 'node:fs';
import { Baseline, parseBaseline } from './baseline-file';

/** A file, as it is now. */
export interface Stored {
  /** Undefined if there is no file, or if it is empty. */
  readonly baseline?: Baseline;
  readonly lineEnd: string;
}

/** @throws if the file is something else than a baseline. */
export function storedBaseline(file: string): Stored {
  if (existsSync(file) && !statSync(file).isFile()) {
    throw new Error(`${file} is not a file: give the file that lists the access`);
  }
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return { baseline: text.trim() === '' ? undefined : parseBaseline(text, file), lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
}
