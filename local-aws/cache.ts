import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { checkUnreplaceable } from './unreplaceable';

/** Where programs are kept that are made once on this machine. */
export const CACHE = resolve(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-irsa');

/** No other user can replace a program that is run from here. */
export function makeCache(): void {
  mkdirSync(CACHE, { recursive: true, mode: 0o700 });
  checkUnreplaceable(CACHE);
}
