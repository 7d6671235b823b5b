import { Gap, shownScope } from './gap';
import { AccessFinding } from '../../access-reason';

/** A finding, and what is concluded from it. */
export interface Finding extends AccessFinding {
  /** If it is about something that can give or take access. */
  readonly gap?: Gap;
  /** What was not read, as a text: if it changes, what it allows can change, too. */
  readonly content?: string;
}

/** A finding is the same whatever it is that was not read. */
export const keyOfFinding = ({ id, message, place }: Finding): string => JSON.stringify([id, message, place]);

/** The message of a finding. If it is about a gap, it says what the gap can change, and how to state that it changes nothing, or that this is stated. */
export const messageOf = ({ message, gap }: Finding, isStated: boolean): string => (gap
  ? `${message.replace(/\.$/, '')}. ${isStated ? 'You have stated that it changes nothing' : effectOf(gap)}`
  : message);

const effectOf = ({ at, scope }: Gap): string => `It can change ${shownScope(scope)}. If it changes nothing: changesNothing: [${JSON.stringify(at)}]`;
