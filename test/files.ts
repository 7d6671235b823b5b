import { ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'cdk-irsa-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The path of a folder that does not exist yet. It is deleted after the suite. */
export const newFolder = (): string => join(mkdtempSync(join(folder, 'new-')), 'folder');

/** Writes files into a new folder. */
export function write(files: { readonly [file: string]: unknown }): string {
  const into = newFolder();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(into, file)), { recursive: true });
    writeFileSync(join(into, file), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return into;
}

/** Creates a named pipe, and a process at its other end: code that reads or writes the pipe ends, so that its test fails instead of waiting forever. */
export function namedPipe(path: string): ChildProcess {
  execFileSync('mkfifo', [path]);
  return spawn('sh', ['-c', 'echo > "$0"; cat "$0"', path], { stdio: 'ignore' });
}
