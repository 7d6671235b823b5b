import { refusalWithoutValue } from '../../private/errors';

/** Refuses options that another makes pointless: they would be ignored. */
export function refuseBeside(option: string, others: { [property: string]: unknown }, why: string): void {
  for (const [property, value] of Object.entries(others)) {
    if (value !== undefined) {
      throw refusalWithoutValue(property, `left out beside ${option}`, why);
    }
  }
}
