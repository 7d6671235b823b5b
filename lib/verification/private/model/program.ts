import { CodeWrite } from './code/code-write';
import { Takeover } from './takeover';
import { AccessPlace } from '../../access-reason';
import { Policy } from '../policies/policy';
import { Text } from '../values/text';

export const FUNCTION = 'AWS::Lambda::Function';

/** What acts with a role of its own, such as a function, or a stream that writes to a bucket. */
export interface Program {
  /** Its ARN, in the ways in which templates write it. */
  readonly arns: readonly Text[];
  /** The requests with which others only start it. */
  readonly startedBy: readonly string[];
  readonly takeovers: readonly Takeover[];
  /** The requests about something else with which others decide what it runs, such as those that change its image. */
  readonly code: readonly CodeWrite[];
  /** What hands on to it, as what it runs, what others send to that: its own ARN, or that of a rule, a queue or a table. */
  readonly fedBy?: readonly Text[];
  /** The name of the service through which everyone decides what it does. */
  readonly openBy?: string;
  /** What it certainly does not exceed with its role, whatever others decide. */
  readonly limit?: Policy;
  /** Whether only a question about what it does asks for its role, and no way to further credentials. */
  readonly isLast?: boolean;
  readonly roleArn?: Text;
  /** The services one of whose roles it runs with, if it does not say which one. */
  readonly services?: readonly string[];
  /** Set if these are the roles of container instances. */
  readonly onInstances?: OnInstances;
  /** The names of the places that show that there is such a program. If all of these change nothing, it does not either. */
  readonly shownBy?: readonly string[];
  readonly place: AccessPlace;
}

/** What runs in containers of Amazon ECS on instances. */
export interface OnInstances {
  /** The roles that it does not get from its instances. */
  readonly except: readonly Text[];
  /** The role with which the agent in it gets commands. @default - that of the instance */
  readonly agentRoleArn?: Text;
}
