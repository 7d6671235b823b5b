import { Token } from 'aws-cdk-lib';
import { refusal } from '../../private/errors';

/** What a number may be. */
export interface Range {
  readonly least: number;
  /** @default - any larger number */
  readonly most?: number;
}

/** Refuses what is not a whole number in a range. What is left out passes, and so does what only the deployment knows. */
export function checkWholeNumber(property: string, value: number | undefined, { least, most }: Range): void {
  if (value === undefined || Token.isUnresolved(value)) {
    return;
  }
  const isTooLarge = most !== undefined && value > most;
  if (!Number.isInteger(value) || value < least || isTooLarge) {
    throw refusal(property, value, most === undefined ? `a whole number of ${least} or more` : `a whole number from ${least} to ${most}`);
  }
}
