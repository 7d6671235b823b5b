import { AccessPlace } from '../../access-reason';
import { ClusterId } from '../values/cluster-id';
import { Text } from '../values/text';

/** What can change resources besides CloudFormation, with code that is not read. */
export interface Actor {
  readonly id: 'custom-resource' | 'capability';
  /** The start of a sentence about it, with its name and a comma. */
  readonly what: string;
  /** Whether it is several, such as the commands of something. */
  readonly areSeveral?: true;
  /** The only requests that it makes; undefined if it can make any that its role allows. */
  readonly actions?: readonly string[];
  /** The function that it runs, or its own role. Neither is there if the templates do not show it, or if its requests are made with another role. */
  readonly functionArn?: Text;
  readonly roleArn?: Text;
  /** The cluster on whose objects it acts. */
  readonly cluster?: ClusterId;
  readonly place: AccessPlace;
}
