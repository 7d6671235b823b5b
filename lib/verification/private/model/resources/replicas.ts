import { equal } from '../../values/pattern';
import { listOf, Resolved, valueAt } from '../../values/resolved';
import { Text } from '../../values/text';
import { Truth } from '../../values/truth';
import { StackResource } from '../stack-resource';

/** A replica of a global table that is in the Region of the stack, or may be. */
interface Replica {
  readonly replica: Resolved;
  readonly isHere: Exclude<Truth, 'no'>;
  readonly path: string;
}

/**
 * The replicas of a global table whose ARN may be that of the table in the model, which is the one of the Region of the stack. No Region has two of them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html
 */
export function replicasHere(table: StackResource): Replica[] {
  const possible = listOf(table.property('Replicas')).flatMap((replica, i): Replica[] => {
    const region = valueAt(replica, 'Region');
    const isHere = region instanceof Text ? equal(region, table.pseudoParameter('Region')) : 'unknown';
    return isHere !== 'no' ? [{ replica, isHere, path: `Properties.Replicas[${i}]` }] : [];
  });
  const certain = possible.filter(({ isHere }) => isHere === 'yes');
  return certain.length > 0 ? certain : possible;
}
