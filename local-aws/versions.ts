import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** Whether a program is there, and says that it has this version or a later one. */
export function hasVersion(command: string, args: string[], pattern: RegExp, [major, minor]: [number, number]): boolean {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  const [, found, foundMinor] = (pattern.exec(`${stdout}${stderr}`) ?? []).map(Number);
  return found > major || (found === major && foundMinor >= minor);
}

/** What tells one state of some files from another. */
export function hashOf(files: string[]): string {
  const sum = createHash('sha256');
  files.forEach((file) => sum.update(readFileSync(file)));
  return sum.digest('hex').slice(0, 16);
}
