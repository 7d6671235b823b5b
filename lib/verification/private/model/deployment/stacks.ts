import { stackOf } from '../../findings/gap';
import { Text } from '../../values/text';
import { Unknown } from '../../values/unknown';
import { StackResource, StackResources } from '../stack-resources';

/** The ARNs of the stacks of the templates. Each ends with an ID that only the deployment knows. */
export const readStacks = ({ all }: StackResources): Text[] =>
  [...new Map(all.map((resource) => [stackOf(resource.place()), resource])).values()].map(arnOfStack);

function arnOfStack(resource: StackResource): Text {
  const [partition, region, account, name] = (['Partition', 'Region', 'AccountId', 'StackName'] as const).map((parameter) => resource.pseudoParameter(parameter));
  const id = Text.unknown(new Unknown(`${stackOf(resource.place())} ID`, { label: 'ID', excludes: ':/' }));
  const stack = Text.join([Text.of('stack'), name, id], '/');
  return Text.join([Text.of('arn'), partition, Text.of('cloudformation'), region, account, stack], ':');
}
