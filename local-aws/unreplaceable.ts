import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Failure } from './commands';

/**
 * Refuses a path at which another user could have put something: what is run from there would run as this user. Every folder up to the root
 * counts, and those of links, except that in a sticky folder, such as /tmp, only the owner of a file can replace it.
 */
export function checkUnreplaceable(path: string): void {
  const stat = lstatSync(path);
  const isLink = stat.isSymbolicLink();
  const [special, , group, others] = (stat.mode % 0o10000).toString(8).padStart(4, '0');
  const isSticky = stat.isDirectory() && '1357'.includes(special);
  if (![0, process.getuid!()].includes(stat.uid)) {
    throw refused(path, 'belongs to another user');
  }
  if (!isLink && !isSticky && /[2367]/.test(group + others)) {
    throw refused(path, 'is writable for other users');
  }
  if (isLink) {
    checkUnreplaceable(resolve(dirname(path), readlinkSync(path)));
  }
  if (dirname(path) !== path) {
    checkUnreplaceable(dirname(path));
  }
}

const refused = (path: string, why: string) =>
  new Failure(`${path} ${why}, who could have put any program there: remove it, or set XDG_CACHE_HOME to a folder that only you can write to`);
