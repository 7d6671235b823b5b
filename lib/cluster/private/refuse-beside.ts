import { refusal } from '../../private/errors';

/** Refuses options that another makes pointless: they would be ignored. */
export function refuseBeside(option: string, others: { [property: string]: unknown }, why: string): void {
  for (const [property, value] of Object.entries(others)) {
    if (value !== undefined) {
      throw refusal(property, isPlain(value) ? value : 'given', `left out beside ${option}`, why);
    }
  }
}

/** Whether it can be shown: constructs cannot. */
const isPlain = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
