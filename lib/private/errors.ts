import { dirname, sep } from 'node:path';
import { IConstruct } from 'constructs';

const LIBRARY = `${dirname(__dirname)}${sep}`;

/** An input that cannot be taken. Without a full stop, so that a fix or a path can be put around it. */
export function refusal(property: string, got: unknown, allowed: string, fix?: string): Error {
  return new Error(`${property} is ${shown(got)}, but must be ${allowed}${fix ? `: ${fix}` : ''}`);
}

/** As `refusal`, for a value that may hold a secret: errors end up in logs of builds. */
export function refusalWithoutValue(property: string, allowed: string, fix?: string): Error {
  return new Error(`${property} must be ${allowed}${fix ? `: ${fix}` : ''}`);
}

/** Constructs cannot be shown. */
function shown(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'given';
  }
}

/** Says of an error which construct it came from: value objects know of none. */
export function within<T>(scope: IConstruct, work: () => T): T {
  try {
    return work();
  } catch (error) {
    (error as Error).message = `${scope.node.path}: ${(error as Error).message}`;
    throw withOwnStack(error as Error);
  }
}

/** What the app has called is what its author can change: without the calls inside of the library, and of others. */
function withOwnStack(error: Error): Error {
  const calls = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  const isForeign = (line: string) => line.includes(LIBRARY) || /[\\/]node_modules[\\/]|\(node:|at node:/.test(line);
  error.stack = [`${error.name}: ${error.message}`, ...calls.filter((line) => !isForeign(line))].join('\n');
  return error;
}
