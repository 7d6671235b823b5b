import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { Failure } from './commands';

const STICKY = 0o1000;
const WRITABLE_FOR_GROUP_OR_OTHERS = 0o022;

/**
 * Refuses a path at which another user could have put something: what is run from there would run as this user. Every folder up to the root
 * counts, and those of links, except that in a sticky folder, such as /tmp, only the owner of a file can replace it.
 */
export function checkUnreplaceable(path: string): void {
  const stat = lstatSync(path);
  const isLink = stat.isSymbolicLink();
  const isSticky = stat.isDirectory() && hasAny(stat.mode, STICKY);
  if (![0, process.getuid!()].includes(stat.uid)) {
    throw refused(path, 'belongs to another user');
  }
  if (!isLink && !isSticky && hasAny(stat.mode, WRITABLE_FOR_GROUP_OR_OTHERS)) {
    throw refused(path, 'is writable for other users');
  }
  if (isLink) {
    const target = readlinkSync(path);
    checkUnreplaceable(isAbsolute(target) ? target : join(realpathSync(dirname(path)), target));
  }
  if (dirname(path) !== path) {
    checkUnreplaceable(dirname(path));
  }
}

// eslint-disable-next-line no-bitwise
const hasAny = (mode: number, bits: number) => (mode & bits) !== 0;

const refused = (path: string, why: string) => new Failure(`${path} ${why}, who could have put any program there: `
  + 'check its contents and let only yourself write to it, or set XDG_CACHE_HOME to a folder that only you can write to');
