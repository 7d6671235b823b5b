import { unlessEnding } from './commands';

/** Prints a line for a step that takes time, and ends the line with the duration. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  process.stdout.write(`${title} ... `);
  try {
    const result = await work();
    process.stdout.write(`${Math.round((Date.now() - start) / 1000)} s\n`);
    return result;
  } catch (error) {
    unlessEnding(() => process.stdout.write('failed\n'));
    throw error;
  }
}
