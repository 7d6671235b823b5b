import { mkdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs are kept that are made once on this machine. */
export const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk-irsa');

export const makeCache = () => mkdirSync(CACHE, { recursive: true, mode: 0o700 }); // no other user can replace a program that is run from here
