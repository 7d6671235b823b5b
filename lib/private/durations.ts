import { Duration } from 'aws-cdk-lib';
import { refusal } from './errors';

/** Refuses a duration that is out of range or not in whole seconds. Undefined values and tokens pass. */
export function checkDuration(property: string, value: Duration | undefined, least: Duration, most: Duration): void {
  if (!value || value.isUnresolved()) {
    return;
  }
  const seconds = value.toSeconds({ integral: false });
  if (seconds < least.toSeconds() || seconds > most.toSeconds() || !Number.isInteger(seconds)) {
    const nearest = Duration.seconds(Math.floor(Math.min(Math.max(seconds, least.toSeconds()), most.toSeconds())));
    throw refusal(property, value.toHumanString(), `${least.toHumanString()} to ${most.toHumanString()}, in whole seconds`, `for example ${nearest.toHumanString()}`);
  }
}
