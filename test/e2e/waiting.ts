import { setTimeout } from 'node:timers/promises';

/** Looks until what is seen is as expected, and returns it. Nothing but the limit of jest ends this, so that it does not depend on the speed of the machine. */
export async function until<T>(look: () => T | Promise<T>, isExpected: (seen: T) => boolean = Boolean): Promise<T> {
  for (;;) {
    const seen = await look();
    if (isExpected(seen)) {
      return seen;
    }
    await setTimeout(50);
  }
}

const { now } = Date;

/** Lets time pass for the function, in milliseconds, without a wait: its clock is ahead from now on, until the mocks of the test are restored. */
export function skip(milliseconds: number): void {
  const ahead = Date.now() - now() + milliseconds;
  jest.spyOn(Date, 'now').mockImplementation(() => now() + ahead);
}
