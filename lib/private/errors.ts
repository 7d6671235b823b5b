import { dirname, sep } from 'node:path';
import { IConstruct } from 'constructs';

const LIBRARY = `${dirname(__dirname)}${sep}`;

/** An error for an invalid input. The message has no full stop, so that a path can precede it and a fix can follow. */
export function refusal(property: string, got: unknown, allowed: string, fix?: string): Error {
  return new Error(`${property} is ${shownValue(got)}, but must be ${allowed}${fix ? `: ${fix}` : ''}`);
}

/** Like `refusal`, for a value that might contain a secret: errors end up in build logs. */
export function refusalWithoutValue(property: string, allowed: string, fix?: string): Error {
  return new Error(`${property} must be ${allowed}${fix ? `: ${fix}` : ''}`);
}

/** Constructs have circular references, which JSON cannot represent. */
function shownValue(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'set';
  }
}

/** Adds the path of the construct to an error: value objects do not know it. */
export function within<T>(scope: IConstruct, work: () => T): T {
  return placed(() => scope.node.path, work);
}

/** Adds the call to an error of a value object, which someone creates before the construct that takes it. The stack trace shows the line of the app. */
export function inCall<T>(call: string, work: () => T): T {
  return placed(() => call, work);
}

function placed<T>(place: () => string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) {
      error.message = `${place()}: ${error.message}`;
      if (error.constructor === Error) { // others are bugs, or errors of other libraries
        showCallOfApp(error);
      }
    }
    throw error;
  }
}

/** Removes the calls inside this library and others from the stack trace: what the app has called is what its author can change. */
function showCallOfApp(error: Error): void {
  Error.captureStackTrace(error, placed); // with fewer calls of the library, because a stack trace has a limited number of lines
  const calls = error.stack!.split('\n').filter((line) => /^ +at /.test(line));
  const isOutsideApp = (line: string) => line.includes(LIBRARY) || /[\\/]node_modules[\\/]|\(node:|at node:|<anonymous>\)$/.test(line);
  error.stack = [`Error: ${error.message}`, ...calls.filter((line) => !isOutsideApp(line))].join('\n');
}
