import { existsSync, readFileSync } from 'node:fs';
import { Baseline, parseBaseline } from './baseline-file';

/** A file, as it is now. */
export interface Stored {
  /** Undefined if there is no file, or if it is empty. */
  readonly baseline?: Baseline;
  readonly lineEnd: string;
}

/** @throws if the file is something else than a baseline. */
export function storedBaseline(file: string): Stored {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return { baseline: text.trim() === '' ? undefined : parseBaseline(text, file), lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
}
