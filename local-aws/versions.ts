import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Whether a program is installed in this version or later. */
export function hasVersion(command: string, args: string[], pattern: RegExp, [major, minor]: [number, number]): boolean {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const [, found, foundMinor] = (pattern.exec(`${stdout}${stderr}`) ?? []).map(Number);
  return found > major || (found === major && foundMinor >= minor);
}

/** A hash that changes when the content of the files changes. */
export function hashOf(files: string[]): string {
  const sum = createHash('sha256');
  files.forEach((file) => sum.update(readFileSync(file)));
  return sum.digest('hex').slice(0, 16);
}
