import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/** The range of a number. */
export interface Range {
  readonly least: number;
  /** @default - no maximum */
  readonly most?: number;
}

/** Refuses a value that is not a whole number in the range. Undefined values and tokens pass. */
export function checkWholeNumber(property: string, value: number | undefined, { least, most }: Range): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  const isTooLarge = most !== undefined && value > most;
  if (!Number.isInteger(value) || value < least || isTooLarge) {
    throw refusal(property, value, most === undefined ? `a whole number of ${least} or more` : `a whole number from ${least} to ${most}`);
  }
}
